"""Prometheus: the answer of ``query_range`` to counted intervals, or to a histogram's increases.

`read_prometheus` reads files, `is_prometheus` recognises one. What is chosen from scraped series,
how a counter's steps become increases and how buckets are summed serves OpenMetrics text, too.
"""

from impactcalc.intake.prometheus.matrix import is_prometheus
from impactcalc.intake.prometheus.reader import observations_of, read_prometheus

__all__ = ["is_prometheus", "observations_of", "read_prometheus"]
