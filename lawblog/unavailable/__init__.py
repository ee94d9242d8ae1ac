"""What is said while the database is away or busy; nothing that was typed is lost."""
