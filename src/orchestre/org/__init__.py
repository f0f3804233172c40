"""Units, populations, what people can absorb and when."""
