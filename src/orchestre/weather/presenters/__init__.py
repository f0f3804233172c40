"""The weather as people read it."""
