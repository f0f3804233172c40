"""The cockpit as people read it: sentences with links, cards with one button."""
