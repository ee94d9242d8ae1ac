"""What is checked before words are published: must be fixed, or should be read."""

from .words import MUST, SHOULD, Finding, check

__all__ = ["MUST", "SHOULD", "Finding", "check"]
