"""Public pages and files that are about the site rather than about what it says."""

from collections.abc import Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from . import drawing, sitemaps


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
