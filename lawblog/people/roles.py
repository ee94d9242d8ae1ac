"""The two roles, and who may change whose account."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, User

from .accounts import is_attorney

# Groups that `setup` makes; what they are called at the desk.
ATTORNEY, STAFF = "Attorney", "Office staff"
IN_WORDS = {ATTORNEY: "Attorney", STAFF: "Staff"}
MAY = {
    STAFF: "Staff: writes, and sends for approval",
    ATTORNEY: "Attorney: approves and publishes",
}


def everybody() -> list[User]:
    """Every account with what the page of people needs: those who may sign in first."""
    rows = User.objects.prefetch_related("groups")
    return list(rows.order_by("-is_active", "-is_superuser", "first_name", "username"))


def role_of(user: User) -> str:
    """ATTORNEY, STAFF, or "" for an account in neither group."""
    names = {group.name for group in user.groups.all()}
    return next((role for role in (ATTORNEY, STAFF) if role in names), "")


def in_words(user: User) -> str:
    if user.is_superuser:
        return "Owner"
    return IN_WORDS.get(role_of(user), "No role")


def give(user: User, role: str) -> None:
    """This role and no other right besides."""
    user.groups.set([Group.objects.get(name=role)])
    user.user_permissions.clear()


def may_see_people(user: User) -> bool:
    return user.is_active and is_attorney(user)


def may_give(user: User) -> list[str]:
    """The roles that somebody may give to others."""
    return [STAFF, ATTORNEY] if user.is_superuser else [STAFF]


def why_not(doer: User, person: User) -> str:
    """A sentence if the doer may not change the person's account, or "".

    Whoever makes somebody a password link could sign in with it and approve in their
    name: so attorneys' accounts are the owner's alone.
    """
    if person == doer:
        return "This is your own account: change it under “Your account”."
    if doer.is_superuser:
        return ""
    if person.is_superuser:
        return "Only the owner changes the owner’s account."
    if role_of(person) != STAFF:
        return "Only the owner changes an attorney’s account."
    return ""


def is_last_attorney(person: User, everyone: Iterable[User]) -> bool:
    """Whether nobody could approve any more without this account."""

    def approves(user: User) -> bool:
        return user.is_active and (user.is_superuser or role_of(user) == ATTORNEY)

    others = (user for user in everyone if user != person)
    return approves(person) and not any(approves(user) for user in others)
