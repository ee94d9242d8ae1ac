"""manage.py setup: what every installation starts from. Never overwrites an edit."""

import secrets
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

import reversion
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from lawblog.database import statistics
from lawblog.media.inventory import add_unlisted_pictures
from lawblog.media.pictures import storage_errors
from lawblog.models import Role
from lawblog.people import roles
from offices.default_pages.shipped import make_missing
from offices.models import Firm, Office
from posts.law import index as law_index
from posts.models import Edition, PostPicture
from posts.search import index
from posts.search.approved_synonyms import make_defaults as make_synonyms

# All that is known of the offices. Hours, names and admissions are not: the firm
# fills them in.
OFFICES = [
    {
        "name": "Fort Lee",
        "slug": "fort-lee",
        "street": "2125 Center Ave",
        "suite": "Suite 314",
        "city": "Fort Lee",
        "state": "NJ",
        "zip_code": "07024",
        "phone": "(201) 448-9837",
        "fax": "(201) 479-1162",
        "is_principal": True,
        "receives_mail": True,
    },
    {
        "name": "New York",
        "slug": "new-york",
        "street": "305 Broadway",
        "suite": "Suite 1422",
        "city": "New York",
        "state": "NY",
        "zip_code": "10007",
        "appointment_only": True,
    },
]
STAFF = """
    posts.add_post posts.change_post posts.view_post posts.add_topic
    posts.change_topic posts.view_topic posts.add_series posts.change_series
    posts.view_series
    posts.add_lawchange posts.change_lawchange posts.view_lawchange
    posts.add_synonymgroup posts.change_synonymgroup posts.view_synonymgroup
    posts.add_term posts.change_term posts.view_term offices.change_office
    offices.view_office offices.add_officehours offices.change_officehours
    offices.delete_officehours offices.view_officehours offices.add_closure
    offices.change_closure offices.delete_closure offices.view_closure
    offices.view_page
""".split()
ATTORNEY_TOO = """
    posts.publish_post posts.delete_post posts.delete_topic
    posts.delete_series posts.delete_term posts.delete_lawchange
    posts.delete_synonymgroup offices.add_office
    offices.delete_office offices.change_firm offices.view_firm
    offices.add_attorney offices.change_attorney offices.delete_attorney
    offices.view_attorney offices.add_firmlink offices.change_firmlink
    offices.delete_firmlink offices.view_firmlink offices.change_page
    posts.add_oldaddress posts.change_oldaddress posts.delete_oldaddress
    posts.view_oldaddress
""".split()


class Command(BaseCommand):
    help = "Set up the firm's record, the two roles and, once, their first accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-samples",
            action="store_true",
            help="on a new database, load the sample articles too",
        )

    @transaction.atomic
    def handle(self, *, with_samples: bool, **options: object) -> None:
        new = self.firm()
        make_missing()
        make_synonyms()
        attorneys = self.group(roles.ATTORNEY, STAFF + ATTORNEY_TOO)
        staff = self.group(roles.STAFF, STAFF)
        if not User.objects.exists():
            # The first attorney's account makes and closes all the others.
            self.account("attorney", attorneys, is_superuser=True)
            self.account("staff", staff)
            self.stdout.write("They are shown only once. Change them after signing in.")
        if new and with_samples and not settings.HTTPS:
            call_command("sample", stdout=self.stdout)
        self.indexes()
        self.take_stock_of_pictures()
        statistics.refresh()

    def firm(self) -> bool:
        """Whether there was none before."""
        new = not Firm.objects.exists()
        if new:
            Firm.objects.create()
        if not Office.objects.exists():
            # Recorded, so that the first edit can be seen and undone.
            with reversion.create_revision():
                for office in OFFICES:
                    Office.objects.create(**office)
        return new

    def indexes(self) -> None:
        # By another grammar search would not know citations as readers type them.
        is_outdated = law_index.is_outdated()
        if (index.is_empty() or is_outdated) and Edition.objects.exists():
            call_command("rebuild_search", stdout=self.stdout)
        if is_outdated:
            law_index.rebuild()

    def take_stock_of_pictures(self) -> None:
        try:
            new = add_unlisted_pictures()
        except storage_errors():
            self.stdout.write("The pictures are out of reach: run setup once more.")
            return
        if new:
            PostPicture.objects.rebuild()

    def group(self, name: str, rights: Iterable[str]) -> Group:
        """The group, now with the rights that it was never given: all of them if it is
        new, else those that an update brought. A right that was taken away stays so."""
        group: Group = Group.objects.get_or_create(name=name)[0]
        role, _ = Role.objects.get_or_create(group=group)
        everything = Permission.objects.select_related("content_type")
        known = {f"{p.content_type.app_label}.{p.codename}": p for p in everything}
        new = {known[right] for right in rights}.difference(role.given.all())
        group.permissions.add(*new)
        role.given.add(*new)
        return group

    def account(self, username: str, group: Group, **rights: bool) -> None:
        """Makes an account with a password of its own, and prints it."""
        password = secrets.token_urlsafe(12)
        fields: dict[str, Any] = {"is_staff": True, **rights}
        user = User.objects.create_user(username, password=password, **fields)
        user.groups.add(group)
        self.stdout.write(f"User name: {username}   Password: {password}")
