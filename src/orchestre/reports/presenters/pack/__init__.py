"""The parts of a pack: each reads the features below and writes frozen values."""
