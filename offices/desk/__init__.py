"""The firm's record at the desk: forms, switches, history."""
