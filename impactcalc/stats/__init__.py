"""A numpy kernel that knows no SLA: draws, quantile functions, risk measures."""
