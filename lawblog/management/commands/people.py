"""manage.py people: who may sign in; and the way back in for whoever cannot."""

from argparse import ArgumentParser

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from lawblog.dates import moment
from lawblog.people import actions, one_time_links, roles, second_factors, sessions
from lawblog.people.accounts import find, name_of
from lawblog.records.ledger import append


class Command(BaseCommand):
    help = (
        "List the people of the desk, or help one who cannot get in. NAME is a user "
        "name or an e-mail address. Whoever can run this is believed; each change is "
        "on record."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument(
            "--link",
            metavar="NAME",
            help="print a link on which they choose a new password, once, for two days",
        )
        one.add_argument(
            "--reset-second-factor",
            metavar="NAME",
            help="take their passkeys, app and recovery codes away",
        )
        one.add_argument(
            "--sign-out", metavar="NAME", help="end every session of theirs"
        )

    @transaction.atomic
    def handle(self, **options: str | None) -> None:
        if name := options["link"]:
            self.stdout.write(self.link(person(name)))
        elif name := options["reset_second_factor"]:
            self.stdout.write(self.reset(person(name)))
        elif name := options["sign_out"]:
            self.stdout.write(self.sign_out(person(name)))
        else:
            factor = second_factors.by_account()
            for user in roles.everybody():
                self.stdout.write(line(user, factor.get(user.pk)))

    def link(self, user: User) -> str:
        if not user.is_active:
            raise CommandError(
                f"{user.get_username()} is closed: an attorney opens accounts, under "
                "People."
            )
        address = one_time_links.address(one_time_links.make(user))
        until = moment(timezone.now() + one_time_links.LINK_LIFETIME)
        return (
            f"{address}\nIt works once, for 48 hours ({until}). Hand it over yourself."
        )

    def reset(self, user: User) -> str:
        # Nobody's name: whoever runs this is not known.
        return actions.reset(actions.Case(user, user)).sentence

    def sign_out(self, user: User) -> str:
        ended = sessions.end_all(user)
        append("signed out", {"account": user.pk, "count": ended})
        return f"Signed out of {ended} browser{'s' * (ended != 1)}."


def person(name: str) -> User:
    user = find(name)
    if user is None:
        raise CommandError(
            f"Nobody signs in as {name!r}. “manage.py people” lists everybody."
        )
    return user


def line(user: User, factor: str | None) -> str:
    role = roles.in_words(user) if user.is_active else "Closed"
    last = moment(user.last_login)
    seen = f"last signed in {last}" if last else "never signed in"
    shows = factor or "no second factor"
    return f"{user.get_username()}: {name_of(user)}, {role}, {seen}, {shows}"
