"""The neutral pages of record that every installation starts with."""
