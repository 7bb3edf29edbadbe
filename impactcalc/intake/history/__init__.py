"""Histories of incidents: CSV or Parquet, each row an incident with its start and its end."""

from impactcalc.intake.history.columns import ROLES
from impactcalc.intake.history.reader import HistoryOptions, read_history

__all__ = ["ROLES", "HistoryOptions", "read_history"]
