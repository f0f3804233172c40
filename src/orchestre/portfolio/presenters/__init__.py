"""Rows of the portfolio turned into what pages, exports and other features show."""
