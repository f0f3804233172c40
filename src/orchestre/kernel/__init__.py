"""Shared foundations: abstract tables, errors, decisions, periods, text."""
