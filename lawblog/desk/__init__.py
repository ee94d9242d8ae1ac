"""What the forms of the admin site share: autosave, locking, widgets."""
