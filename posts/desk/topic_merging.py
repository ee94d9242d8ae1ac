"""The page that merges one topic into another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from lawblog.desk.locking import changed_by, version_token
from lawblog.desk.pages import DeskAdmin, desk_page, require, with_row
from posts.models import Topic
from posts.publishing.merging import merge as merge_topics


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Topic.objects.all(),
        label="Merge into",
        error_messages={"required": "Choose the topic that stays."},
    )

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Every form has a copy of the field of its own.
        others = Topic.objects.exclude(pk=topic.pk)
        if topic.is_public:
            # Public articles are not moved under a topic that was not approved.
            others = others.filter(is_public=True)
        setattr(self.fields["into"], "queryset", others)  # noqa: B010 - untyped field
        self.topic = topic

    def clean(self) -> None:
        if self.data.get("version_token") != version_token(self.topic):
            said = (
                f"{changed_by(self.topic)} Nothing was moved. Look at it again first."
            )
            raise ValidationError(said)


@with_row("view")
def merge(request: HttpRequest, topic: Topic, desk: DeskAdmin) -> HttpResponse:
    # This topic goes. Whoever may delete topics may merge one away, used or not.
    require(desk, request, "delete")
    form = MergeForm(request.POST or None, topic=topic)
    if form.is_valid():
        name, into = topic.name, form.cleaned_data["into"]
        try:
            count = merge_topics(topic, into=into)
        except ValidationError as error:
            messages.error(request, f"{' '.join(error.messages)} Nothing was moved.")
            return redirect("admin:posts_topic_changelist")
        desk.log_change(request, into, f"Merged “{name}” into this topic.")
        articles = "1 article" if count == 1 else f"{count} articles"
        messages.success(request, f"“{name}” is now “{into}”: {articles} moved.")
        return redirect("admin:posts_topic_changelist")
    return desk_page(
        request,
        desk,
        "admin/posts/topic/merge.html",
        title="Merge into another topic",
        row=topic,
        form=form,
        version_token=version_token(topic),
    )
