"""Backup, restore, export, housekeeping: nothing is lost, and everything can leave."""
