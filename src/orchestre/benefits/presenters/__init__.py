"""Benefits as pages show them."""
