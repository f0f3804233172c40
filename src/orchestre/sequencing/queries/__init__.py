"""Reads of scenarios, plans and differences."""
