"""Computations: found again when nothing changed, followed, stopped, taken up again."""
