"""The attorney's pages to approve and publish an article, and to withdraw it."""

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
    if "cancel" in request.POST:
        publishing.cancel(post, by=user_of(request))
        return done(request, desk, post, "What was scheduled is cancelled.")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        at = form.cleaned_data["at"]
        try:
            publishing.withdraw(post, by=user_of(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            when = f"from {in_new_york(at)}" if at else "and gone from the site"
            return done(request, desk, post, f"Withdrawn {when}.")
    return article_page(
        request,
        desk,
        post,
        "withdraw",
        title="Withdraw",
        form=form,
        used=where_used(post),
    )
