"""What the sign-in needs from the firm's record: which account belongs to an attorney,
and which words a password must not be made of."""

from itertools import chain

from django.contrib.auth.models import User

from lawblog.people.attorney_records import Records
from offices.models import Attorney, Firm, Office


class AttorneyRecords(Records):
    def free(self) -> list[tuple[str, str]]:
        rows = Attorney.objects.filter(user=None)
        return [(str(row.pk), row.name) for row in rows]

    def link(self, number: str, user: User) -> None:
        # One by one, so that a version of the row is kept.
        for row in Attorney.objects.filter(pk=number, user=None):
            row.user = user
            row.save()

    def names(self) -> dict[int, str]:
        rows = Attorney.objects.exclude(user=None)
        return dict(rows.values_list("user_id", "name"))


def names_and_numbers() -> list[str]:
    """Words on the site that somebody who guesses passwords would try."""
    told = ("name", "street", "suite", "city", "zip_code", "phone", "fax")
    rows = chain(
        Firm.objects.values_list("name", "tagline"),
        Attorney.objects.values_list("name"),
        Office.objects.values_list(*told),
    )
    return [text for row in rows for text in row]
