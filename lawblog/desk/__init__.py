"""What the desk's forms and pages share: layout, rights, autosave, locking."""
