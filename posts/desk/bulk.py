"""Admin actions that change many working copies at once, after a confirmation."""

from collections.abc import Callable
from datetime import date

import reversion
from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from lawblog.dates import sensible
from lawblog.desk.pages import DeskAdmin, desk_page
from lawblog.desk.widgets import DateInput
from lawblog.people.accounts import user_of
from offices.models import Attorney
from posts.models import Post, Topic

PAGE = "admin/posts/post/bulk.html"


class TopicForm(forms.Form):
    topic = forms.ModelChoiceField(Topic.objects.all())


class AuthorForm(forms.Form):
    author = forms.ModelChoiceField(Attorney.objects.all())


class ReviewByForm(forms.Form):
    review_by = forms.DateField(widget=DateInput, validators=[sensible])


def add(post: Post, topic: Topic) -> None:
    post.topics.add(topic)


def remove(post: Post, topic: Topic) -> None:
    post.topics.remove(topic)


def set_author(post: Post, author: Attorney) -> None:
    post.author = author


def set_review_by(post: Post, review_by: date) -> None:
    post.review_by = review_by


def bulk_action(
    name: str, title: str, form_class: type[forms.Form], apply: Callable[..., None]
) -> Callable[..., HttpResponse | None]:
    """An admin action that asks for one value, then applies it to the ticked articles:
    apply(post, **value), then save(), so that every change is a version."""

    @admin.action(description=f"{title}…", permissions=["change"])
    def action(
        desk: DeskAdmin, request: HttpRequest, posts: QuerySet[Post]
    ) -> HttpResponse | None:
        form = form_class(request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            count = _apply_to_all(desk, request, posts, title, apply, form)
            done = f"{title}: {count} article{'' if count == 1 else 's'} changed."
            messages.success(request, f"{done} Readers see it once you publish.")
            return None
        return desk_page(
            request, desk, PAGE, title=title, form=form, posts=posts, action=name
        )

    action.__name__ = name
    return action


def _apply_to_all(
    desk: DeskAdmin,
    request: HttpRequest,
    posts: QuerySet[Post],
    title: str,
    apply: Callable[..., None],
    form: forms.Form,
) -> int:
    (value,) = form.cleaned_data.values()
    with transaction.atomic(), reversion.create_revision():
        reversion.set_user(request.user)
        reversion.set_comment(f"{title}: {value}")
        # As they are by now, not as they were when they were ticked.
        ids = [post.pk for post in posts]
        for post in Post.objects.select_for_update(no_key=True).filter(pk__in=ids):
            apply(post, **form.cleaned_data)
            post.updated_by = user_of(request)
            post.save()
            desk.log_change(request, post, f"{title}: {value}")
    return len(posts)


ACTIONS = [
    bulk_action("add_topic", "Add a topic", TopicForm, add),
    bulk_action("remove_topic", "Remove a topic", TopicForm, remove),
    bulk_action("set_author", "Set the author", AuthorForm, set_author),
    bulk_action("set_review_by", "Set the review date", ReviewByForm, set_review_by),
]
