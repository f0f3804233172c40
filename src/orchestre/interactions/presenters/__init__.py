"""Findings as people read them: one sentence per rule, evidence, options."""
