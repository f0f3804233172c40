"""The load as people read it: rows of the map, panels, sentences, sheets."""
