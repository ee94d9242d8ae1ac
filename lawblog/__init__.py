"""The project: settings, addresses, headers, and what posts and offices share."""
