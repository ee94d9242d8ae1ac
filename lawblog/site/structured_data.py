"""Rows as schema.org dictionaries, in the page's language. Pure."""

from django.conf import settings
from django.utils.translation import gettext as _


def legal_service(office, firm):
    """One office as a schema.org LegalService with a stable @id.

    No hours where one cannot walk in; no telephone that is another office's:
    the number to call is a contact point that says whose it is.
    """
    url = settings.SITE_URL + office.get_absolute_url()
    node = {
        "@context": "https://schema.org",
        "@type": "LegalService",
        "@id": f"{url}#office",
        "name": f"{firm.display_name}, {_office(office)}",
        "url": url,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": office.street_line,
            "addressLocality": office.city,
            "addressRegion": office.state,
            "postalCode": office.zip_code,
            "addressCountry": "US",
        },
        "areaServed": {"@type": "State", "name": office.state},
    }
    links = [link.url for link in firm.links.all()]
    if links:
        node["sameAs"] = links
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
    if office.languages:
        node["knowsLanguage"] = [name.strip() for name in office.languages.split(",")]
    if not office.appointment_only:
        node |= _hours(office)
    return node


def _office(office):
    return _("%(name)s office") % {"name": office.name}


def _hours(office):
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
    special = [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": closure.first_day.isoformat(),
            "validThrough": closure.last_day.isoformat(),
            # 00:00 to 00:00 is how search engines are told of a closed day.
            "opens": f"{closure.opens:%H:%M}" if closure.opens else "00:00",
            "closes": f"{closure.closes:%H:%M}" if closure.closes else "00:00",
        }
        for closure in office.closures
    ]
    found = {
        "openingHoursSpecification": weekly,
        "specialOpeningHoursSpecification": special,
    }
    return {name: rows for name, rows in found.items() if rows}


def blog_posting(edition, firm):
    """An Edition as a schema.org BlogPosting; its dates are those that the page
    shows, the feeds carry and the sitemap lists."""
    url = settings.SITE_URL + edition.get_absolute_url()
    publisher = {
        "@type": "Organization",
        "name": firm.display_name,
        "url": f"{settings.SITE_URL}/",
    }
    author = publisher
    if edition.author_name:
        page = edition.author.get_absolute_url()
        author = {
            "@type": "Person",
            "name": edition.author_name,
            "url": settings.SITE_URL + page,
        }
    return {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "@id": f"{url}#article",
        "mainEntityOfPage": url,
        "headline": edition.title,
        "image": settings.SITE_URL + edition.card_url,
        "description": edition.description,
        "inLanguage": edition.language,
        "datePublished": edition.published_on.isoformat(),
        "dateModified": edition.changed_on.isoformat(),
        "author": author,
        "publisher": publisher,
        "keywords": edition.topic_names,
        "isAccessibleForFree": True,
    }


def breadcrumbs(*steps):
    """(name, path) pairs, from the front page down, as a BreadcrumbList."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": str(name),
                "item": settings.SITE_URL + path,
            }
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }


def web_site(firm):
    node = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#site",
        "url": f"{settings.SITE_URL}/",
        "name": firm.display_name,
        "inLanguage": [code for code, _ in settings.LANGUAGES],
    }
    return node | ({"description": firm.tagline} if firm.tagline else {})
