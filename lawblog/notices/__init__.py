"""Mail to people at the desk: queued with the event, and kept until it is sent."""
