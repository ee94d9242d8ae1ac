"""The desk's page "Law": each authority with what rests on it, and where to say that it
changed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from lawblog.desk.pages import DeskAdmin, desk_page, with_right
from posts.authorities import is_key, label_of
from posts.authorities.names import act_name
from posts.authorities.official_sources import source
from posts.authorities.spelling import key_of
from posts.law import articles_by_law
from posts.law.index import canonical_key
from posts.models import Edition, LawNotice

PER_PAGE = 25
# Articles of one authority; nobody reads through more at one go.
ARTICLES_SHOWN = 200
UNKNOWN = (
    "“%s” is no authority that we know: the section may not exist, or be another "
    "law's. Write it as in “INA 287(g)”, “8 CFR 214.2”, “I-130” or “Matter of "
    "Dhanasar”."
)
KINDS = {
    "statute": "Statutes",
    "regulation": "Regulations",
    "form": "Forms",
    "case": "Cases",
    "policy": "Policy",
    "category": "Visa categories and programs",
}


def both_names(key: str) -> str:
    """ "INA 287(g) = 8 USC 1357(g)"."""
    act = act_name(key)
    return f"{act} = {label_of(key)}" if act else label_of(key)


def address_of(key: str) -> str:
    return f"{reverse('admin:posts_lawchange_authority')}?{urlencode({'key': key})}"


@with_right("view")
def law(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    asked = request.GET.get("q", "").strip()
    key = key_of(asked) if asked else None
    if key:
        return redirect(address_of(canonical_key(key)))
    kind = request.GET.get("kind", "")
    pairs = articles_by_law.most_used(kind if kind in KINDS else "")
    page = Paginator(pairs, PER_PAGE).get_page(request.GET.get("page"))
    used = articles_by_law.with_oldest(list(page))
    return desk_page(
        request,
        desk,
        "admin/posts/lawchange/law.html",
        title="Law",
        rows=[(both_names(each.key), address_of(each.key), each) for each in used],
        page=page,
        kinds=KINDS,
        kind=kind,
        asked=asked,
        unknown=UNKNOWN % asked[:60] if asked else "",
    )


@with_right("view")
def authority(request: HttpRequest, desk: DeskAdmin) -> HttpResponse:
    key = request.GET.get("key", "")
    if not is_key(key):
        return redirect("admin:posts_lawchange_law")
    editions = list(articles_by_law.resting_on(key).defer("body")[: ARTICLES_SHOWN + 1])
    notices = LawNotice.objects.open().order_by("-day")
    return desk_page(
        request,
        desk,
        "admin/posts/lawchange/authority.html",
        title=both_names(key),
        key=key,
        source=source(key),
        rows=_with_keys(editions[:ARTICLES_SHOWN], key),
        has_more=len(editions) > ARTICLES_SHOWN,
        whole=list(articles_by_law.citing_whole(key).defer("body")[:ARTICLES_SHOWN]),
        notices=[notice for notice in notices if notice.covers(key)],
        label=label_of(key),
    )


def _with_keys(editions: list[Edition], key: str) -> list[tuple[Edition, Any]]:
    """Each with what it names that is more than the authority itself."""
    named = articles_by_law.named_in(editions)
    within = f"{key}."
    return [
        (e, [label_of(k) for k in named.get(e.pk, []) if k.startswith(within)])
        for e in editions
    ]
