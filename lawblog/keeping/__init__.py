"""Nothing can be lost, and all of it can leave: backup, restore, housekeeping."""
