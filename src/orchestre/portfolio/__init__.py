"""Initiatives, milestones, dependencies: list, roadmap, one page each."""
