"""The firm's record: every fact about it is kept here once and printed from here."""

from .firm import Attorney, Firm, FirmLink
from .office import Office
from .opening import Closure, OfficeHours
from .page import Page

__all__ = ["Attorney", "Closure", "Firm", "FirmLink", "Office", "OfficeHours", "Page"]
