"""Writes of the weather, and its readings kept in memory."""
