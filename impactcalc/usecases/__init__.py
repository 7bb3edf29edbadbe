"""The use cases: one function a command; each reads, computes and writes."""
