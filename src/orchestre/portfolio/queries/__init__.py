"""Reads of the portfolio; every one starts from what the person may see."""
