"""Who signs in, what each may do and where, keys, share links."""
