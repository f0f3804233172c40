"""What each change asks of each population; two blind sides; assumptions."""
