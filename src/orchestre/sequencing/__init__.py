"""Scenarios in private, three gauges, a better order and why; the plan of record."""
