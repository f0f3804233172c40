"""Selections as people read them."""
