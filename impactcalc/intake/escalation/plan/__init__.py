"""The plan: stages, their windows and actions."""
