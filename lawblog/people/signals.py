"""What happens to accounts, for whoever wants to know of it."""

from django.dispatch import Signal

# Somebody signed in from a browser in which they had not signed in before. `user`.
new_browser = Signal()
