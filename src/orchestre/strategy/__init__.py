"""Objectives and indicators that changes serve."""
