"""How to reach the firm, for the page that is shown while the database is away."""

from lawblog.pagecache.fragments import cached_fragment
from lawblog.unavailable.contact import Contact, Phone
from offices.models import Firm, Office


def contact() -> Contact:
    """From what every page prints, so that it asks the database for nothing more."""
    firm = cached_fragment("firm", Firm.objects.the_firm)
    offices = cached_fragment("offices", Office.objects.on_site)
    phones = [Phone(o.name, o.phone, o.dial) for o in offices if o.phone]
    return Contact(firm.display_name, tuple(phones))
