"""The admin's own pages for one article: preview, approve and publish, withdraw."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache

from lawblog.dates import sensible
from lawblog.desk.pages import DeskAdmin, desk_page, with_row
from lawblog.desk.widgets import DateTimeInput
from lawblog.html.diff import compare
from lawblog.people.accounts import user_of
from lawblog.site.languages import use_language
from posts import publishing
from posts.checks import Finding
from posts.checks.dead_links import dead_links
from posts.models import Edition, Post
from posts.models.states import in_new_york
from posts.public.article import article_context
from posts.public.glossary import read_with_terms

from .field_words import label
from .passages import passages


class NewYorkTimeField(forms.DateTimeField):
    """A day and time as the attorney's clock shows it (settings.TIME_ZONE)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=DateTimeInput, **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
            if moment:
                sensible(moment.date())
            return moment
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                "The clocks change that night, so that this time does not exist or "
                "comes twice. Choose another."
            ) from None


class PublishForm(forms.Form):
    at = NewYorkTimeField(
        label="Publish at", help_text="New York time. Leave empty to publish now."
    )
    substantive = forms.BooleanField(
        required=False,
        initial=True,
        label="Substantive change",
        help_text="Moves the date of the last change that readers and search engines "
        "see. Untick it for a corrected typing error.",
    )
    follows = forms.BooleanField(
        required=False,
        label="Says what the original says now",
        help_text="Untick it if the original was changed and this translation does not "
        "say so yet: its readers go on being told.",
    )
    reason = forms.CharField(
        required=False,
        max_length=500,
        label="Why what the checks found may stand",
        widget=forms.Textarea({"rows": 2}),
        help_text="Kept with the edition, for the firm's record.",
    )
    version_token = forms.CharField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    at = NewYorkTimeField(
        label="Withdraw at", help_text="New York time. Leave empty to withdraw now."
    )
    reason = forms.CharField(
        max_length=500,
        label="Why",
        widget=forms.Textarea({"rows": 2}),
        help_text="Kept in the firm's record. Readers do not see it.",
        error_messages={"required": "Say in a few words why: the record keeps it."},
    )


def draft_page(
    request: HttpRequest, post: Post, template: str, **more: Any
) -> HttpResponse:
    """The article's page as publishing now would make it, in the article's language."""
    edition = publishing.edition_of(post, timezone.now())
    with use_language(post.language):
        context = article_context(edition, topics=post.topics.all())
        return render(request, template, {**context, **more})


@never_cache
@with_row("view")
def preview(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    """The public page as publishing now would make it."""
    may = desk.has_publish_permission(request)
    template = "posts/post_detail.html"
    return draft_page(request, post, template, preview=post, may_publish=may)


@with_row("publish")
def publish(request: HttpRequest, post: Post, desk: DeskAdmin) -> HttpResponse:
    candidate = publishing.candidate_for(post)
    # What was up to date, or is new, is taken to be so still.
    behind = post.editions.live().behind().exists()
    initial = {
        "version_token": candidate.version_token,
        "follows": not behind,
        "reason": publishing.former_reason(candidate),
    }
    form = PublishForm(request.POST or None, initial=initial)
    if not post.translation_of_id:
        del form.fields["follows"]
    if form.is_valid():
        try:
            edition = publishing.publish(post, by=user_of(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            log = (
                f"Approved edition {edition.number}, {in_new_york(edition.live_from)}."
            )
            return done(request, desk, post, log, _published(edition))
    asked = "check_links" in request.GET
    found = [*candidate.findings, *(dead_links(post.body) if asked else ())]
    more = _to_be_read(candidate, form, found)
    more |= {"title": "Approve and publish", "form": form, "links_checked": asked}
    return article_page(request, desk, post, "publish", **more)


def _to_be_read(
    candidate: publishing.Candidate, form: forms.Form, found: list[Finding]
) -> dict[str, Any]:
    """What the attorney looks at before approving: findings, and what changes."""
    if not candidate.findings:
        del form.fields["reason"]
    post = candidate.post
    live = post.editions.live().first()
    return {
        "findings": found,
        "obstacles": publishing.obstacles(candidate, approved=True),
        "is_stopped": bool(publishing.problems(candidate, approved=True)),
        **({} if live else _whole_text(candidate.edition, found)),
        "new_names": candidate.new_names,
        "live": live,
        "postpones": post.is_on_site_or_scheduled and not candidate.was_read,
        "changes": _changed_fields(live, post) if live else [],
        "blocks": compare(live.body, post.body) if live else [],
    }


def _whole_text(edition: Edition, found: list[Finding]) -> dict[str, Any]:
    """What nobody read yet, as readers will, with what the checks found beside it: so
    that it is said once, where it is."""
    reading = read_with_terms(edition)
    return {
        "edition": edition,
        "passages": passages(reading.html, found),
        "findings": [finding for finding in found if not finding.block],
        "notes": reading.notes,
    }


def _changed_fields(live: Edition, post: Post) -> list[tuple[str, Any, Any]]:
    """(name, before, after) of what changed outside the text."""
    old = [topic.name for topic in live.topics.all()]
    new = [topic.name for topic in post.topics.all()]
    day = live.published_on
    pairs: list[tuple[str, Any, Any]] = [("topics", ", ".join(old), ", ".join(new))]
    pairs.append(("date", day, post.published_on or day))
    names = """
        title summary slug language author law_as_of review_by superseded_by
        translation_of series part
    """
    for name in names.split():
        pairs.append((label(name), getattr(live, name), getattr(post, name)))
    return [pair for pair in pairs if (pair[1] or "") != (pair[2] or "")]


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
    return article_page(request, desk, post, "withdraw", title="Withdraw", form=form)


def done(
    request: HttpRequest, desk: DeskAdmin, post: Post, log: str, message: str = ""
) -> HttpResponse:
    desk.log_change(request, post, log)
    messages.success(request, message or log)
    return redirect("admin:posts_post_change", post.pk)


def article_page(
    request: HttpRequest, desk: DeskAdmin, post: Post, name: str, **context: Any
) -> HttpResponse:
    """A page of one article, with where it stands; `name`: its template's."""
    template = f"admin/posts/post/{name}.html"
    context["state"] = post.state()
    return desk_page(request, desk, template, row=post, **context)
