"""What to keep: weights, scores, selection under limits, efficient frontier (`selection/1`)."""
