"""Dates and money under doubt: critical path, draws, tornado, schedule quality (`outlook/1`)."""
