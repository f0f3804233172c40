"""What people do with a selection: open it, weigh, rate, order, compute, share, finish."""
