"""Rows of committees → frozen view models."""
