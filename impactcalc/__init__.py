"""Business impact and SLA risk of a customer escalation."""

__version__ = "0.1.0"
