"""The report of the current data, or of one file without a server."""
