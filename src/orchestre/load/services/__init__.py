"""What the load computes, keeps and shares."""
