"""Wiring only: settings, addresses, navigation, command line."""
