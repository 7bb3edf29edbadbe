"""Escalations composed by chance in the structures that people use, each with its truth."""
