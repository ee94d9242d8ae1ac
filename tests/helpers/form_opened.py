"""What the form of a row sends along that somebody opened just now."""

from django.db.models import Model

from lawblog.desk.locking import version_token


def seen(row: Model) -> dict[str, str]:
    row.refresh_from_db()
    return {"version_token": version_token(row)}
