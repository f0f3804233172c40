"""Interferences, contradictions, dependencies, synergies and duplicates (`interactions/1`)."""
