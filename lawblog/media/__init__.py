"""Uploaded pictures: checked, re-encoded, kept in three widths."""
