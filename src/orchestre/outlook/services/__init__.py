"""What people do with dates and money: estimate, weigh risks, assume, compute, ask what if."""
