"""The admin's page that merges one topic into another."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from posts.models import Topic
from posts.publishing.merging import merge as merge_topics


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Topic.objects.none(),
        label="Merge into",
        error_messages={"required": "Choose the topic that stays."},
    )

    def __init__(self, *args, topic, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Topic.objects.exclude(pk=topic.pk)


def merge(request, pk, desk):
    # The first topic goes: whoever may delete one may merge it away.
    if not request.user.has_perm("posts.delete_topic"):
        raise PermissionDenied
    topic = get_object_or_404(Topic, pk=pk)
    form = MergeForm(request.POST or None, topic=topic)
    if form.is_valid():
        into = form.cleaned_data["into"]
        name, count = topic.name, merge_topics(topic, into=into)
        desk.log_change(request, into, f"Merged “{name}” into this topic.")
        articles = "1 article" if count == 1 else f"{count} articles"
        messages.success(request, f"“{name}” is now “{into}”: {articles} moved.")
        return redirect("admin:posts_topic_changelist")
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "original": topic,
        "title": "Merge into another topic",
        "form": form,
    }
    return render(request, "admin/posts/topic/merge.html", context)
