"""Public pages and files about the site itself: sitemap, icons, security.txt."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lawblog.dates import beginning_of
from lawblog.unavailable.contact import current_contact

from . import drawing, sitemaps

CONTACT_VALID_FOR = timedelta(days=180)


def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a hole. It never lapses, since each day has its own."""
    phones = current_contact().phones
    tell = settings.SECURITY_CONTACT or (
        f"tel:{phones[0].dial}" if phones else f"{settings.SITE_URL}/"
    )
    expires = beginning_of(timezone.localdate() + CONTACT_VALID_FOR)
    lines = [
        f"Contact: {tell}",
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL}{reverse('security')}",
    ]
    text = "".join(f"{line}\n" for line in lines)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for this name, whatever a page says."""
    return HttpResponse(drawing.icon(32, "ICO"), content_type="image/x-icon")


def touch_icon(request: HttpRequest) -> HttpResponse:
    """For the home screens of phones."""
    return HttpResponse(drawing.icon(180, "PNG"), content_type="image/png")


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The addresses of all sections."""
    addresses = [reverse("sitemap-section", args=part) for part in sitemaps.sections()]
    context = {"sitemaps": [{"location": settings.SITE_URL + a} for a in addresses]}
    return xml("sitemap_index.xml", context)


def sitemap_section(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """One section; 404 if there is none."""
    try:
        context = {"urlset": sitemaps.entries(kind, int(number))}
    except KeyError:
        raise Http404 from None
    return xml("sitemap.xml", context)


def xml(template: str, context: Mapping[str, object]) -> HttpResponse:
    """Made by one of Django's own templates."""
    return HttpResponse(render_to_string(template, context), "application/xml")
