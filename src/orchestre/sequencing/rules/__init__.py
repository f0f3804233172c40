"""What a scenario may override, and what it gives: pure functions on values."""
