"""The firm as readers see it: offices, contact cards, pages of record."""
