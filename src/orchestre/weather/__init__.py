"""Honest weather: six axes calculated and declared, with their age."""
