"""Which database is asked, and what is asked of it as SQL written once."""
