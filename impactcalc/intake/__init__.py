"""TODO-intake."""
