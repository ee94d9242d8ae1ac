"""Addresses of the site that the firm had before, and where each leads now."""
