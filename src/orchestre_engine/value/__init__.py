"""Money over time: net present value, earned value and schedule, health (`value/1`)."""
