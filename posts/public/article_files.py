"""Files of an article: QR code, picture for shared links, a card's offline page."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from lawblog.media import pictures
from lawblog.site import drawing
from offices.public.calendar_and_qr import qr
from offices.public.context_processors import firm

from .article import article_context, at_address_or_404
from .guides_and_cards import as_file


def offline(request: HttpRequest, slug: str) -> HttpResponse:
    """A card as a file to keep."""
    edition = at_address_or_404(slug)
    if not edition.is_card:
        raise Http404
    return as_file(request, article_context(edition))


def qr_code(request: HttpRequest, slug: str) -> HttpResponse:
    """The article's address for a camera; printed at the end of the article."""
    address = settings.SITE_URL + at_address_or_404(slug).get_absolute_url()
    return HttpResponse(qr(address), "image/svg+xml")


def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture that goes with a shared link to the article."""
    title, name = at_address_or_404(slug).title, firm(request)["firm"].display_name
    return HttpResponse(drawing.card(title, name), content_type="image/png")


# What is drawn of the title, which is on the page, of the firm's name, which is on all,
# and of the address.
DRAWN = re.compile(r"(.*/posts/[^/]+/)(?:card\.png|qr\.svg)")


def page_of(address: str) -> str:
    """The article's address, of one of its drawings; "" of any other."""
    found = DRAWN.fullmatch(address)
    return found[1] if found else ""


def cover_card(request: HttpRequest, slug: str) -> HttpResponse:
    """The same, of an article that has a cover picture: that picture, cut to size."""
    edition = at_address_or_404(slug)
    if not edition.cover:
        raise Http404
    name = edition.cover.removeprefix(settings.MEDIA_URL)
    try:
        content = pictures.cropped(name, drawing.SIZE, edition.cover_focus)
    except pictures.storage_errors():
        return HttpResponse("Pictures are away.", status=503, content_type="text/plain")
    return HttpResponse(content, content_type="image/jpeg")
