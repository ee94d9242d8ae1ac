"""What is checked before words are published: must be fixed, or should be read."""

from .finding import MUST, SHOULD, Finding
from .words import check, grade_of

__all__ = ["MUST", "SHOULD", "Finding", "check", "grade_of"]
