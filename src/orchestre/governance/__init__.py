"""Bodies, meetings, decisions with what was refused, actions, and their effect."""
