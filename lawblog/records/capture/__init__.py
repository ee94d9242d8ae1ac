"""The whole public site as visitors saw it, kept so that anybody can prove it."""
