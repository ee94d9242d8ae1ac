"""Accounts at the desk: the owner's alone."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User


class OwnerOnly:
    """Whoever can set a password or tick a right can sign in as somebody else and
    approve in that name. So no right that could be given opens these pages, only the
    owner's account (superuser), whatever the database says of further rights."""

    def has_module_permission(self, request):
        return request.user.is_active and request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    has_change_permission = has_delete_permission = has_view_permission

    def has_add_permission(self, request):
        return self.has_module_permission(request)


class OwnersUserAdmin(OwnerOnly, UserAdmin):
    pass


class OwnersGroupAdmin(OwnerOnly, GroupAdmin):
    pass


for model, options in ((User, OwnersUserAdmin), (Group, OwnersGroupAdmin)):
    admin.site.unregister(model)
    admin.site.register(model, options)
