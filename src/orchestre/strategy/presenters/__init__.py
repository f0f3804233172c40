"""The strategy as people read it."""
