"""Monitors: what UptimeRobot, Pingdom and Statuspage export, as states over time.

`read_monitors` reads files of these kinds; `monitor_kind` recognises a JSON document and
`is_uptimerobot_csv` a CSV file by its content.
"""

from impactcalc.intake.monitors.reader import monitor_kind, read_monitors
from impactcalc.intake.monitors.uptimerobot_csv import is_uptimerobot_csv

__all__ = ["is_uptimerobot_csv", "monitor_kind", "read_monitors"]
