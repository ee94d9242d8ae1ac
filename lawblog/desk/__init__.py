"""What the desk's forms and pages share: frame, rights, autosave, locking."""
