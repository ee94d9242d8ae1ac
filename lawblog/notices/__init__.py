"""Mail to the people of the desk: written with the event, and kept until it is sent."""
