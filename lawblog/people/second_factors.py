"""Second factors: who has to have one, and whether a session was opened with it."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser, User
from django.db.models import QuerySet
from django.http import HttpRequest

from .inside_allauth import authentication_records, record_authentication

Type = Authenticator.Type
RECOVERY_CODES = 10  # made at once


def of_user(user: User) -> QuerySet[Authenticator]:
    """Passkeys and the authenticator app. Recovery codes are not a factor of their own:
    they come with the first and go with the last."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user)
    return found.exclude(type=Type.RECOVERY_CODES)


def is_fully_signed_in(request: HttpRequest, user: User | AnonymousUser) -> bool:
    """Whether this session was opened with all that its account has to show."""
    if not isinstance(user, User):
        return True  # nobody is signed in, and nobody it remains
    if was_factor_used(request, user):
        return True
    return not settings.REQUIRE_SECOND_FACTOR and not of_user(user).exists()


def must_set_up_factor(request: HttpRequest, user: User) -> bool:
    """Whether somebody signed in by the password alone has to set up a factor."""
    return not is_fully_signed_in(request, user) and not of_user(user).exists()


def was_factor_used(request: HttpRequest, user: User) -> bool:
    """The session says so, not the account: a session from before the factor was set
    opens nothing."""
    records = authentication_records(request, user)
    return any(record.get("method") == "mfa" for record in records)


METHOD_NAMES = {
    "password": "password",
    "link": "link",
    Type.WEBAUTHN: "passkey",
    Type.TOTP: "authenticator app",
    Type.RECOVERY_CODES: "recovery code",
}


def sign_in_method(request: HttpRequest, user: AbstractUser) -> str:
    """With what a session was opened, like "password, authenticator app"."""
    records = authentication_records(request, user)
    ways = [
        METHOD_NAMES.get(record.get("type", record["method"])) for record in records
    ]
    return ", ".join(dict.fromkeys(filter(None, ways)))


def note_factor_used(request: HttpRequest, user: User, factor: Authenticator) -> None:
    """Setting up a factor in this session proved that it is at hand, as freshly as
    showing it again would."""
    if not was_factor_used(request, user):
        told = {"id": factor.pk, "type": factor.type, "reauthenticated": True}
        record_authentication(request, user, "mfa", **told)


def may_remove(factor: Authenticator) -> bool:
    """The last one stays where one is required."""
    others = of_user(factor.user).exclude(pk=factor.pk)
    is_own = factor.type != Type.RECOVERY_CODES
    return not (settings.REQUIRE_SECOND_FACTOR and is_own and not others.exists())


def reset(user: User) -> int:
    """Take all of them away; how many they were."""
    count = of_user(user).count()
    Authenticator.objects.filter(user=user).delete()
    return count


def by_account() -> dict[int, str]:
    """{number of an account: its factors in words, like "passkey and app"}."""
    found: dict[int, set[str]] = {}
    for number, kind in Authenticator.objects.values_list("user_id", "type"):
        found.setdefault(number, set()).add(kind)
    words = {number: _in_words(kinds) for number, kinds in found.items()}
    return {number: said for number, said in words.items() if said}


def tokens() -> dict[int, str]:
    """{number of an account: a token for the factors that it has at this moment}."""
    found: dict[int, str] = {}
    rows = Authenticator.objects.exclude(type=Type.RECOVERY_CODES).order_by("pk")
    for number, pk in rows.values_list("user_id", "pk"):
        found[number] = f"{found.get(number, '')}.{pk}"
    return found


def _in_words(kinds: set[str]) -> str:
    named = {Type.WEBAUTHN: "passkey", Type.TOTP: "app"}
    return " and ".join(words for kind, words in named.items() if kind in kinds)
