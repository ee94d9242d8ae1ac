"""The attorney's pages to approve and publish an article, and to withdraw it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html

from lawblog.desk.pages import DeskAdmin, with_row
from lawblog.people.accounts import user_of
from posts import publishing
from posts.checks.dead_links import dead_links
from posts.models import Edition, Post
from posts.models.states import in_new_york

from .article_pages import article_page, done
from .before_approval import approval_context
from .publishing_forms import PublishForm, WithdrawForm
from .where_used import where_used
from .writing import passage_notes


@with_row("publish")
def publish(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    candidate = publishing.candidate_for(post)
    form = PublishForm(request.POST or None, candidate)
    if form.is_valid():
        try:
            edition = publishing.publish(post, by=user_of(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            when = in_new_york(edition.live_from)
            log = f"Approved edition {edition.number}, {when}."
            return done(request, desk, post, log, _published(edition))
    asked = "check_links" in request.GET
    found = [*candidate.findings, *(dead_links(post.body) if asked else ())]
    return article_page(
        request,
        desk,
        post,
        "publish",
        title="Approve and publish",
        form=form,
        links_checked=asked,
        **passage_notes.shown(request, post, desk),
        **approval_context(candidate, found),
    )


def _published(edition: Edition) -> str:
    if edition.live_from > timezone.now():
        when = in_new_york(edition.live_from)
        return f"Approved: edition {edition.number} goes live {when}."
    return format_html(
        'Approved and live: edition {}. <a href="{}">View on site</a>',
        edition.number,
        edition.get_absolute_url(),
    )


@with_row("publish")
def withdraw(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    form = WithdrawForm(request.POST or None)
    try:
        said = _pressed(request, post, form) if request.method == "POST" else ""
    except ValidationError as error:
        said = ""
        messages.error(request, " ".join(error.messages))
    if said:
        return done(request, desk, post, said)
    return article_page(
        request,
        desk,
        post,
        "withdraw",
        title="Withdraw",
        form=form,
        used=where_used(post),
        standing=publishing.standing(post),
    )


def _pressed(request: HttpRequest, post: Post, form: WithdrawForm) -> str:
    """Does what the button says; in words, or "" where the form is not filled in.
    Raises ValidationError."""
    by, seen = user_of(request), request.POST.get("standing", "")
    if "cancel" in request.POST:
        form.fields["reason"].required = False
        if not publishing.cancel(post, by=by, seen=seen):
            raise ValidationError("Nothing is scheduled, so nothing was cancelled.")
        return "What was scheduled is cancelled."
    if not form.is_valid():
        return ""
    if not publishing.withdraw(post, by=by, seen=seen, **form.cleaned_data):
        raise ValidationError("Nothing of it is on the site, or will be.")
    at = form.cleaned_data["at"]
    when = f"from {in_new_york(at)}" if at else "and gone from the site"
    return f"Withdrawn {when}."
