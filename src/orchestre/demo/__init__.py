"""The demo organisation: fictional, credible, with planted situations that tests look for."""
