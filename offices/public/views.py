from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from lawblog.site import drawing
from lawblog.site.page_language import current_language, path_to
from offices.models import Firm, Office, Page

from . import calendar_and_qr, contact_cards
from .context_processors import firm
from .promises import PROMISES


def find(request: HttpRequest, slug: str) -> tuple[Office, Firm, str]:
    """The office as every page prints it, the firm, and the office page's address."""
    record = firm(request)
    for office in record["offices"]:
        if office.slug == slug:
            url = settings.SITE_URL + office.get_absolute_url()
            return office, record["firm"], url
    raise Http404


def office_list(request: HttpRequest) -> HttpResponse:
    return render(request, "offices/office_list.html")


def detail(request: HttpRequest, slug: str) -> HttpResponse:
    office, *_ = find(request, slug)
    return render(request, "offices/office_detail.html", {"office": office})


def vcard(request: HttpRequest, slug: str) -> HttpResponse:
    text = contact_cards.vcard(*find(request, slug))
    return download(text, "text/vcard; charset=utf-8", f"{slug}.vcf")


def vcard_4(request: HttpRequest, slug: str) -> HttpResponse:
    text = contact_cards.vcard(*find(request, slug), "4.0")
    return download(text, "text/vcard; charset=utf-8", f"{slug}.vcf")


def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    text = calendar_and_qr.calendar(*find(request, slug))
    return download(text, "text/calendar; charset=utf-8", f"{slug}.ics")


def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The contact card as a QR code: it works without a network."""
    return HttpResponse(
        calendar_and_qr.qr(contact_cards.vcard(*find(request, slug))), "image/svg+xml"
    )


def card(request: HttpRequest) -> HttpResponse:
    """The picture that goes with a link to a page that is not an article."""
    name = firm(request)["firm"].display_name
    return HttpResponse(drawing.card("", name), content_type="image/png")


def page(request: HttpRequest, kind: str) -> HttpResponse:
    """A page of record; in the site's first language where no other has it."""
    written = Page.objects.filter(kind=kind).exclude(body="")
    pages = {page.language: page for page in written}
    found = pages.get(current_language()) or pages.get(settings.LANGUAGE_CODE)
    if not found:
        raise Http404
    context = {
        "page": found,
        "promises": [_(words) for words, test in PROMISES.get(kind, ())],
        "onion": settings.ONION_URL if kind == "privacy" else "",
        "alternates": {code: path_to(code, "page", kind) for code in pages},
    }
    return render(request, "offices/page.html", context)


def download(content: str, content_type: str, name: str) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type, headers=disposition)
