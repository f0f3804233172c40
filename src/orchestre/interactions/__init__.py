"""Interferences, contradictions, broken links, cycles, synergies, duplicates."""
