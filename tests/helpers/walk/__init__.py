"""The desk walked by each role: tests/desk/test_walk.py."""
