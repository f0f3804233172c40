"""Dates and money as people read them."""
