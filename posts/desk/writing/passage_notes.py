"""Comments that staff and attorney leave each other on a passage: beside the text,
before approval, or on a page of their own."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lawblog.desk.pages import DeskAdmin, require, row_number, with_row
from lawblog.html.characters import printable
from lawblog.notices.audience import at_the_desk
from lawblog.notices.outbox import notify
from lawblog.people.accounts import name_of, user_of
from posts.models import PassageNote, Post
from posts.models.passage_note import MAX_NOTE_LENGTH, quotation
from posts.publishing.permissions import may_publish

from ..article_pages import article_page
from ..notices import NOTE

EMPTY = "Write the note first."
TOO_LONG = (
    f"A note has {MAX_NOTE_LENGTH:,} characters at most. Shorten it, or make two of it."
)
UNREAD = "Nothing was resolved. Read the answer first."
GONE = "That note is no longer there."
HOUR = timedelta(hours=1)
# Where somebody may have come from: pages of the article.
FROM = {"change", "publish"}
TYPED = ("quote", "text")


@with_row("view")
def notes(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        require(desk, request, "change", post)
        problem = _press(request, post)
        if not problem:
            back = request.POST.get("back")
            page = back if back in FROM else "notes"
            return redirect(f"admin:posts_post_{page}", post.pk)
        messages.error(request, problem)
    context = shown(request, post, desk)
    if problem:
        context["typed"] = {name: request.POST.get(name, "") for name in TYPED}
        for note in context["notes_open"]:
            note.typed = _answer(request, note)
    return article_page(request, desk, post, "notes", title="Notes", **context)


def shown(request: HttpRequest, post: Post, desk: DeskAdmin) -> dict[str, Any]:
    """What admin/posts/post/_notes.html needs."""
    found = PassageNote.objects.of(post)
    return {
        "notes_open": [note for note in found if not note.resolved_at],
        "notes_resolved": [note for note in found if note.resolved_at],
        "typed": dict.fromkeys(TYPED, ""),
        "may_note": desk.has_change_permission(request, post),
    }


def _press(request: HttpRequest, post: Post) -> str:
    """Does what was pressed; a sentence where that cannot be."""
    for name, act in (("reply", _reply), ("resolve", _resolve), ("reopen", _reopen)):
        if name in request.POST:
            number = row_number(request.POST[name]) or 0
            rows = PassageNote.objects.filter(post=post, reply_to=None, pk=number)
            note = rows.first()
            return act(request, note) if note else GONE
    return _write(request, post, request.POST.get("text", ""))


def _write(
    request: HttpRequest, post: Post, words: str, to: PassageNote | None = None
) -> str:
    text = printable(words).strip()
    if not text or len(text) > MAX_NOTE_LENGTH:
        return TOO_LONG if text else EMPTY
    user = user_of(request)
    quote = "" if to else quotation(printable(request.POST.get("quote", "")))
    with transaction.atomic():
        PassageNote.objects.create(
            post=post,
            reply_to=to,
            quote=quote,
            text=text,
            author=user,
            author_name=name_of(user),
        )
        notify(NOTE, about=post, to=_others_on(post, user), once_in=HOUR)
    return ""


def _others_on(post: Post, writer: User) -> list[User]:
    """Who wrote a note on it or saved it last; while it waits for approval, those who
    may approve it."""
    wrote = post.passage_notes.values_list("author", flat=True)
    took_part = {post.updated_by_id, *wrote}
    return [
        person
        for person in at_the_desk().exclude(pk=writer.pk)
        if person.pk in took_part or post.submitted_at and may_publish(person)
    ]


def _answer(request: HttpRequest, note: PassageNote) -> str:
    """What is typed under the note."""
    return request.POST.get(f"reply-{note.pk}", "")


def _reply(request: HttpRequest, note: PassageNote) -> str:
    return _write(request, note.post, _answer(request, note), to=note)


def _resolve(request: HttpRequest, note: PassageNote) -> str:
    seen = row_number(request.POST.get(f"seen-{note.pk}", "")) or 0
    if newer := note.answers.filter(pk__gt=seen).first():
        return f"{newer.author_name} answered after you opened this page. {UNREAD}"
    if _answer(request, note).strip() and (problem := _reply(request, note)):
        return problem
    # Of two who press at once the first is named.
    PassageNote.objects.filter(pk=note.pk, resolved_at=None).update(
        resolved_at=timezone.now(), resolved_by=user_of(request)
    )
    return ""


def _reopen(request: HttpRequest, note: PassageNote) -> str:
    PassageNote.objects.filter(pk=note.pk).update(resolved_at=None, resolved_by=None)
    return ""
