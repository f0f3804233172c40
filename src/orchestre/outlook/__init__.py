"""Dates and money with honesty: three points, risks, draws, earned value."""
