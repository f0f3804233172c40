"""What to keep under budget, roles and people: drivers, scores, frontier, cut-off."""
