"""Topics and series at the desk, and the page that merges one topic into another."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path

from lawblog.site.translated import fieldsets, in_languages
from posts.models import Edition, Series, Topic
from posts.publishing.merging import merge as merge_topics

from .proposals import ProposalAdmin

NAMES = ("name", "slug", "description", "is_public")


class NameForm(forms.ModelForm):
    """of_name: of an edition, the field that says under which rows it stands."""

    of_name = ""

    def clean_is_public(self) -> bool:
        public = self.cleaned_data["is_public"]
        shown = Edition.objects.ever_public().filter(**{self.of_name: self.instance})
        if not public and self.instance.pk and shown.exists():
            raise ValidationError(
                "Articles that readers know stand under this name. Change the name, or "
                "take the articles out first."
            )
        return public


class TopicForm(NameForm):
    of_name = "topics"


class SeriesForm(NameForm):
    of_name = "series"


class SeriesAdmin(ProposalAdmin):
    form = in_languages(SeriesForm, Series)
    fieldsets = ((None, {"fields": NAMES}), *fieldsets(Series))
    list_display = ("name", "is_public")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> Any:
        return {} if obj else self.prepopulated_fields


class TopicAdmin(ProposalAdmin):
    form = in_languages(TopicForm, Topic)
    fieldsets = ((None, {"fields": NAMES}), *fieldsets(Topic))
    list_display = ("name", "is_public")
    prepopulated_fields = {"slug": ("name",)}
    search_fields = ("name",)
    change_form_template = "admin/posts/topic/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(merge)
        route = path("<int:pk>/merge/", view, {"desk": self}, name="posts_topic_merge")
        return [route, *super().get_urls()]

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> Any:
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        used = obj and Edition.objects.filter(topics=obj).exists()
        return not used and super().has_delete_permission(request, obj)


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
