"""Changes to many articles at once, on the desk alone, each confirmed before."""

import reversion
from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.shortcuts import render

from lawblog.dates import sensible
from lawblog.desk.widgets import DateInput
from offices.models import Attorney
from posts.models import Post, Topic


class TopicForm(forms.Form):
    topic = forms.ModelChoiceField(Topic.objects.all())


class AuthorForm(forms.Form):
    author = forms.ModelChoiceField(Attorney.objects.all())


class ReviewByForm(forms.Form):
    review_by = forms.DateField(widget=DateInput, validators=[sensible])


def add(post, topic):
    post.topics.add(topic)


def remove(post, topic):
    post.topics.remove(topic)


def set_author(post, author):
    post.author = author


def set_review_by(post, review_by):
    post.review_by = review_by


def bulk_action(name, title, form_class, apply):
    """An admin action that asks for one value, then applies it to what was ticked:
    apply(post, **value), then save(), so that every change is a version."""

    @admin.action(description=f"{title}…", permissions=["change"])
    def action(desk, request, posts):
        form = form_class(request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            count = _apply_to_all(desk, request, posts, title, apply, form)
            done = f"{title}: {count} article{'' if count == 1 else 's'} changed."
            messages.success(request, f"{done} Readers see it once you publish.")
            return None
        context = {
            **desk.admin_site.each_context(request),
            "opts": desk.opts,
            "title": title,
            "form": form,
            "posts": posts,
            "action": name,
        }
        return render(request, "admin/posts/post/bulk.html", context)

    action.__name__ = name
    return action


def _apply_to_all(desk, request, posts, title, apply, form):
    (value,) = form.cleaned_data.values()
    with transaction.atomic(), reversion.create_revision():
        reversion.set_user(request.user)
        reversion.set_comment(f"{title}: {value}")
        # As they are by now, not as they were when they were ticked.
        ids = [post.pk for post in posts]
        for post in Post.objects.select_for_update().filter(pk__in=ids):
            apply(post, **form.cleaned_data)
            post.updated_by = request.user
            post.save()
            desk.log_change(request, post, f"{title}: {value}")
    return len(posts)


ACTIONS = [
    bulk_action("add_topic", "Add a topic", TopicForm, add),
    bulk_action("remove_topic", "Remove a topic", TopicForm, remove),
    bulk_action("set_author", "Set the author", AuthorForm, set_author),
    bulk_action("set_review_by", "Set the review date", ReviewByForm, set_review_by),
]
