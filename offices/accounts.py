"""Which account an attorney signs in with: what the desk's page of people asks."""

from django.contrib.auth.models import User

from lawblog.people.linked import Records
from offices.models import Attorney


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
