"""The firm for search engines, as schema.org dictionaries in the page's language."""

from django.conf import settings
from django.utils.translation import gettext as _

from lawblog.site.page_language import localized_path
from lawblog.site.structured_data import Node, breadcrumbs
from offices.models import Closure, Firm, Office


def legal_service(office: Office, firm: Firm) -> Node:
    """One office of OfficeQuerySet.on_site() as a LegalService with a stable @id.

    An office by appointment has no hours. A telephone is the office's own; another
    office's number is a contact point that says whose it is.
    """
    url = settings.SITE_URL + office.get_absolute_url()
    node: Node = {
        "@context": "https://schema.org",
        "@type": "LegalService",
        "@id": f"{url}#office",
        "name": f"{firm.display_name}, {_office(office)}",
        "url": url,
        "address": _address(office),
        "areaServed": {"@type": "State", "name": office.state},
        **_phone_and_fax(office),
    }
    node |= _further(office, firm)
    if not office.appointment_only:
        node |= _hours(office)
    return node


def _further(office: Office, firm: Firm) -> Node:
    """What the firm may have filled in."""
    languages = [name.strip() for name in office.languages.split(",")]
    found: Node = {
        "sameAs": [link.url for link in firm.links.all()],
        "image": office.picture and settings.SITE_URL + office.picture,
        "knowsLanguage": languages if office.languages else None,
    }
    return {name: value for name, value in found.items() if value}


def _address(office: Office) -> Node:
    return {
        "@type": "PostalAddress",
        "streetAddress": office.street_line,
        "addressLocality": office.city,
        "addressRegion": office.state,
        "postalCode": office.zip_code,
        "addressCountry": "US",
    }


def _phone_and_fax(office: Office) -> Node:
    node: Node = {}
    if office.phone:
        node["telephone"] = office.dial
    elif office.call:
        node["contactPoint"] = {
            "@type": "ContactPoint",
            "telephone": office.call.dial,
            "name": _office(office.call),
        }
    if office.fax:
        node["faxNumber"] = office.fax_dial
    return node


def _office(office: Office) -> str:
    return _("%(name)s office") % {"name": office.name}


def _hours(office: Office) -> Node:
    weekly = [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": f"https://schema.org/{span.get_weekday_display()}",
            "opens": f"{span.opens:%H:%M}",
            "closes": f"{span.closes:%H:%M}",
        }
        for span in office.spans
        if not span.by_appointment
    ]
    found: Node = {
        "openingHoursSpecification": weekly,
        "specialOpeningHoursSpecification": [_special(c) for c in office.closures],
    }
    return {name: rows for name, rows in found.items() if rows}


def _special(closure: Closure) -> Node:
    return {
        "@type": "OpeningHoursSpecification",
        "validFrom": closure.first_day.isoformat(),
        "validThrough": closure.last_day.isoformat(),
        # 00:00 to 00:00 is how search engines are told of a closed day.
        "opens": f"{closure.opens:%H:%M}" if closure.opens else "00:00",
        "closes": f"{closure.closes:%H:%M}" if closure.closes else "00:00",
    }


def trail(firm: Firm, *steps: str) -> Node:
    """Where a page stands: name, path, name, path and so on, from below the front page
    down to the page itself."""
    home = (firm.display_name, localized_path("home"))
    return breadcrumbs(home, *zip(steps[::2], steps[1::2], strict=True))


def site_data(firm: Firm) -> Node:
    """The site itself, for its front page."""
    node: Node = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#site",
        "url": f"{settings.SITE_URL}/",
        "name": firm.display_name,
        "inLanguage": [code for code, _ in settings.LANGUAGES],
    }
    return node | ({"description": firm.tagline} if firm.tagline else {})
