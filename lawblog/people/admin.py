"""Accounts at the desk: the owner's alone."""

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpRequest

from lawblog.desk.lookups import PlainLookups

from .accounts import user_of


class OwnerOnly(PlainLookups):
    """Whoever can set a password or tick a right can sign in as somebody else and
    approve in that name. So these pages open for the owner's account (superuser) alone:
    no right that could be given to others opens them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        user = user_of(request)
        return user.is_active and user.is_superuser

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return self.has_module_permission(request)

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)


class OwnersUserAdmin(OwnerOnly, UserAdmin):
    pass


class OwnersGroupAdmin(OwnerOnly, GroupAdmin):
    pass


# Django's own words are "Authentication and Authorization".
apps.get_app_config("auth").verbose_name = "People"
admin.site.unregister([User, Group])
admin.site.register(User, OwnersUserAdmin)
admin.site.register(Group, OwnersGroupAdmin)
