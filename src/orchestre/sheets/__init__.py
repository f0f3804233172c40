"""Reads any portfolio file as sheets of cells and typed records, and writes our workbook."""
