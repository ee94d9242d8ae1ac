"""Who may come in: signing in, and its limit on wrong passwords."""
