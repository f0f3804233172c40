"""Rows in, problems of the engine out."""
