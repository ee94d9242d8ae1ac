"""Firm, attorneys, offices, hours, closures and pages of record, as rows."""

from .firm import Attorney, Firm, FirmLink
from .office import Office
from .opening import Closure, OfficeHours
from .page import Page

__all__ = ["Attorney", "Closure", "Firm", "FirmLink", "Office", "OfficeHours", "Page"]
