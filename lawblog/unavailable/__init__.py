"""What people get while the database is away or busy; nothing typed is lost."""
