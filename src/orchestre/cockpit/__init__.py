"""What needs me today, my team, the palette, help."""
