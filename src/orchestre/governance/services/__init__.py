"""Writes of committees: one function, one intention."""
