"""Firm, attorneys, offices, hours, closures and pages of record, as rows."""

from ..closed_words import Cause
from .closure import Closure
from .firm import Attorney, Firm, FirmLink
from .office import Office
from .opening import OfficeHours
from .page import Page

__all__ = [
    "Attorney",
    "Cause",
    "Closure",
    "Firm",
    "FirmLink",
    "Office",
    "OfficeHours",
    "Page",
]
