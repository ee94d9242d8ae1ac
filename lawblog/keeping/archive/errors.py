class ArchiveError(Exception):
    """An archive that cannot be made or used; says why, in a sentence for people."""
