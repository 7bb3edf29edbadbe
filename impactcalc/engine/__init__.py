"""Randomness lives here: the trials of one scenario, until they are accurate enough."""
