"""The buttons under an article's form: what each saves, and where it leads."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from lawblog.desk.editor_csp import remarks
from lawblog.desk.pages import DeskAdmin
from lawblog.notices.outbox import notify
from lawblog.people.accounts import user_of
from posts.models import DraftFinding, Post

from ..notices import WAITING


class Buttons(DeskAdmin):
    def changeform_view(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # Refused before anything is saved, however the request was made up.
        if "_publish" in request.POST and not self.has_publish_permission(request):
            raise PermissionDenied
        return super().changeform_view(request, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Post, form: ModelForm, change: bool
    ) -> None:
        obj.updated_by = user_of(request)
        sent = "_submit" in request.POST and not obj.submitted_at
        if "_submit" in request.POST:
            obj.submitted_at = obj.submitted_at or timezone.now()
            obj.returned_note = ""
        super().save_model(request, obj, form, change)
        DraftFinding.objects.note(obj, ((said, "") for said in remarks(request, obj)))
        if sent:
            notify(WAITING, about=obj)

    def response_add(
        self, request: HttpRequest, obj: Post, post_url_continue: str | None = None
    ) -> HttpResponse:
        ours = self._go_on(request, obj)
        return ours or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Post) -> HttpResponse:
        return self._go_on(request, obj) or super().response_change(request, obj)

    def _go_on(self, request: HttpRequest, post: Post) -> HttpResponse | None:
        """Where the desk's own buttons lead once the form is saved."""
        for button, page in (("_preview", "preview"), ("_publish", "publish")):
            if button in request.POST:
                self.message_user(request, f"“{post}” is saved.", messages.SUCCESS)
                return redirect(f"admin:posts_post_{page}", post.pk)
        if "_submit" in request.POST:
            self.message_user(
                request, f"“{post}” is saved and is waiting for approval."
            )
            return redirect("admin:posts_post_changelist")
        if "_popup" in request.POST:
            return None
        self.message_user(request, f"“{post}” is saved.", messages.SUCCESS)
        if "_continue" in request.POST:
            return redirect("admin:posts_post_change", post.pk)
        return self.response_post_save_change(request, post)
