"""The law that one article rests on, and the attorney's hand in it."""

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lawblog.desk.pages import DeskAdmin, require, with_row
from lawblog.people.accounts import user_of
from posts.authorities import is_key, label_of
from posts.authorities.spelling import key_of
from posts.law.articles_by_law import named_in
from posts.law.authority_choices import set_authority_choice
from posts.law.index import canonical_key, keys_in
from posts.models import AuthorityChoice, AuthorityCount, Post

from ..article_pages import article_page
from .authority_pages import UNKNOWN, address_of, both_names

CHOICES = {"add": False, "strike": True, "forget": None}


@with_row("view")
def law(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    error = ""
    if request.method == "POST":
        require(desk, request, "publish", post)
        error = _choose(request, post)
        if not error:
            return redirect("admin:posts_post_law", post.pk)
    return article_page(
        request,
        desk,
        post,
        "law",
        title="Law in this article",
        rows=rows(post),
        error=error,
        typed=request.POST.get("key", "") if error else "",
        may_publish=desk.has_publish_permission(request, post),
    )


def _choose(request: HttpRequest, post: Post) -> str:
    """Do what was pressed; a sentence where that cannot be."""
    wanted = next((name for name in CHOICES if name in request.POST), "")
    typed = request.POST.get("key", "").strip()
    key = key_of(typed) if wanted == "add" else typed if is_key(typed) else None
    if not wanted or not key:
        return UNKNOWN % typed[:60]
    set_authority_choice(post, key, is_struck=CHOICES[wanted], by=user_of(request))
    messages.success(
        request, f"{label_of(canonical_key(key))}: saved. Readers see it now."
    )
    return ""


Row = tuple[str, str, str, str, int]


def rows(post: Post) -> list[Row]:
    """(key, names, address of its page, "found", "added" or "struck", how many articles
    rest on it) of what the live edition rests on, else the working copy, with what was
    struck."""
    mine = AuthorityChoice.objects.filter(post=post)
    choices = dict(mine.values_list("key", "is_struck"))
    keys = list(dict.fromkeys([*_found(post), *choices]))
    counted = AuthorityCount.objects.filter(key__in=keys)
    numbers: Counter[str] = Counter()
    for key, number in counted.values_list("key", "count"):
        numbers[key] += number
    how = {None: "found", True: "struck", False: "added"}
    return [
        (key, both_names(key), address_of(key), how[choices.get(key)], numbers[key])
        for key in keys
    ]


def _found(post: Post) -> list[str]:
    live = post.editions.live().first()
    if live:
        return named_in([live]).get(live.pk, [])
    return keys_in(post.title, post.summary, post.body)
