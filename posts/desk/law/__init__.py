"""What articles rest on at the desk, and what to tell readers when it changes."""
