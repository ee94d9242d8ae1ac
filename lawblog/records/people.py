"""Records changes of accounts and roles, and sign-ins. No address, no user name (which
may be a mail address) and nothing of a password is kept; of a made-up account only that
there was one."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group, Permission
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from lawblog.people import rate_limit, second_factors
from lawblog.people.accounts import find
from lawblog.people.known_browsers import browser_number

from .acting import Actor, actor_of
from .canonical import Facts
from .ledger import append
from .subjects import on_record


def register_people() -> None:
    """Called once, when the apps are loaded."""
    user = get_user_model()
    through = (user.groups.through, user.user_permissions.through)
    on_record(
        user,
        facts=facts_of_user,
        rows=users,
        tables=_tables(*through, Group, Permission),
        secrets=["password"],
        printed=False,
    )
    on_record(
        Group,
        facts=facts_of_group,
        rows=groups,
        tables=_tables(Group.permissions.through, Permission),
        printed=False,
    )
    user_logged_in.connect(signed_in)
    user_login_failed.connect(refused)


def _tables(*models: type[Model]) -> list[str]:
    return [model._meta.db_table for model in models]


def users() -> QuerySet:
    rights = "user_permissions__content_type"
    accounts = get_user_model()._base_manager
    found: QuerySet = accounts.prefetch_related("groups", rights)
    return found


def groups() -> QuerySet:
    found: QuerySet = Group.objects.prefetch_related("permissions__content_type")
    return found


def facts_of_user(user: AbstractUser) -> Facts:
    return {
        "name": user.get_full_name(),
        "is_active": user.is_active,
        "is_staff": user.is_staff,
        "is_superuser": user.is_superuser,
        "groups": sorted(group.name for group in user.groups.all()),
        "rights": _rights(user.user_permissions.all()),
    }


def facts_of_group(group: Group) -> Facts:
    return {"name": group.name, "rights": _rights(group.permissions.all())}


def _rights(permissions: QuerySet) -> list[str]:
    return sorted(f"{p.content_type.app_label}.{p.codename}" for p in permissions)


def signed_in(
    sender: object,
    user: AbstractUser,
    request: HttpRequest | None = None,
    **kwargs: object,
) -> None:
    facts: Facts = {"account": user.pk}
    if request and (how := second_factors.sign_in_method(request, user)):
        facts |= {"how": how, "known_browser": bool(browser_number(request, user.pk))}
    with transaction.atomic():
        append("signed in", facts, by=user)


def refused(sender: object, credentials: dict[str, str], **kwargs: object) -> None:
    """Receiver of user_login_failed. Sign-ins under made-up names make one line in a
    quarter of an hour: whoever tries a thousand must not fill a table that nothing is
    ever deleted from."""
    user = find(str(credentials.get("username", "")))
    if not user and not rate_limit.first_time("made-up name"):
        return
    account = user.pk if user else None
    note = actor_of(user).name if user else "no such account"
    with transaction.atomic():
        append("sign-in refused", {"account": account}, by=Actor(None, ""), note=note)
