"""Pure functions on values of the portfolio: facts, dates, and the state of a list."""
