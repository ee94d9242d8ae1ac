"""Checks before publication: what must be fixed, and what should be read."""

from .article import check, grade_of
from .finding import MUST, SHOULD, Finding

__all__ = ["MUST", "SHOULD", "Finding", "check", "grade_of"]
