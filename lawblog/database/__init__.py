"""Databases: routing, timeouts, and queries whose SQL is compiled once."""
