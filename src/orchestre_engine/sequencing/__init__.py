"""A better order of changes under absorption, roles and money (`sequencing/1`), and plain RCPSP."""
