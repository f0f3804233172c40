"""Who did what, when and why: acts, undo, an append-only chain, backups."""
