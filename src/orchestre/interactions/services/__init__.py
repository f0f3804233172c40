"""What the rules find between initiatives, and what people decide of it."""
