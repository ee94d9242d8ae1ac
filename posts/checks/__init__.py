"""What is checked before words are published: must be fixed, or should be read."""

from .checking import check, grade_of
from .finding import MUST, SHOULD, Finding

__all__ = ["MUST", "SHOULD", "Finding", "check", "grade_of"]
