from functools import partial
from typing import Any

from django.http import HttpRequest

from lawblog.pagecache.fragments import cached_fragment
from offices.models import Firm, Office, Page

KINDS = Page.Kind.choices


def firm(request: HttpRequest) -> dict[str, Any]:
    """The firm's record for every page: `firm` and `offices`, which are kept until
    something changes, and `pages_of_record`: (end of its address, label) of each."""
    # Asked by views, and again by each template engine.
    made: dict[str, Any] | None = vars(request).get("firm_record")
    if made is None:
        made = {
            "firm": cached_fragment("firm", Firm.objects.the_firm),
            "offices": cached_fragment("offices", Office.objects.on_site),
            "pages_of_record": KINDS,
        }
        vars(request)["firm_record"] = made
    return made


def firm_at_the_desk(request: HttpRequest) -> dict[str, Any]:
    """`firm` and `offices` again, looked up when a page names them: Django's templates
    call what they print, and most pages of the desk print the firm's name alone."""
    return {
        "firm": partial(cached_fragment, "firm", Firm.objects.the_firm),
        "offices": partial(cached_fragment, "offices", Office.objects.on_site),
    }
