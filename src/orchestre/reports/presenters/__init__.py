"""A report as people read it, as programs read it, and as one file that stands alone."""
