"""Doors for files: texts, scenarios and measurements in; nothing of the maths."""
