"""What scenarios show: rows turned into frozen view models."""
