"""Load, capacity and probability of overload, week by week, and why."""
