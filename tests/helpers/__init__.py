"""What several test files use: sites, addresses, programs to start."""
