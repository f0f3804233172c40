"""Facts of committees on plain values: quorum, times, velocity, seals, roles."""
