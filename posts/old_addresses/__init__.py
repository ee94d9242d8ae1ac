"""Redirects from the addresses of the firm's former site."""
