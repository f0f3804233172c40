"""Roles, money and value as pages show them."""
