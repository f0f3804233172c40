"""Packs over the API."""
