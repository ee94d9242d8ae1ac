"""What the walk compares before and after a request: every row, every kept picture,
and what readers are served."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client

from helpers.isolation import forget
from helpers.pages import PUBLIC
from lawblog.database.writes import tables_written
from lawblog.pagecache import snapshot

# Sessions and the counter of changes say nothing to anybody.
NOT_COMPARED = {"lawblog_session", "lawblog_attempts", "lawblog_generation"}
# Whose a row is, where it is not its own: closures are changed with their office.
BELONGS_TO = {
    "offices_officehours": "office_id",
    "offices_closure": "office_id",
    "posts_post_topics": "post_id",
    "posts_edition": "post_id",
    "posts_previewlink": "post_id",
    "posts_draftfinding": "post_id",
    "posts_postpicture": "post_id",
    "posts_passagenote": "post_id",
    "posts_importpiece": "run_id",
    "posts_review": "post_id",
    "posts_lawnotice": "change_id",
    "posts_authoritychoice": "post_id",
    "auth_user_groups": "user_id",
    "mfa_authenticator": "user_id",
    "lawblog_password_link": "user_id",
    "auth_user_user_permissions": "user_id",
    "auth_group_permissions": "group_id",
    "lawblog_role_given": "role_id",
    "offices_firmlink": "firm_id",
    "notices_choice": "person_id",
    "lawblog_autosaved": "person_id",
}
MACHINES = """
    /feed/ /feed/rss/ /feed/json/ /es/feed/ /feed/asylum/ /attorneys/an-attorney/feed/
    /offices/fort-lee.vcf /offices/fort-lee.4.vcf /offices/fort-lee.ics
    /offices/fort-lee.svg
    /offices/new-york.vcf /es/offices/fort-lee.ics /llms.txt /robots.txt /sitemap.xml
    /sitemap-pages-1.xml /sitemap-articles-1.xml /card.png /posts/a-title/card.png
    /posts/a-title/qr.svg /about/ /disclaimer/ /notario-fraud/ /es/disclaimer/
    /series/walked/ /posts/topics/walked/ /posts/walked/ /posts/walked-draft/
    /posts/walked/changes/ /posts/walked-withdrawn/ /offices/walked/ /walked-old
    /offices/walked.vcf /attorneys/walked/
    /posts/topics/walked-unused/ /feed/walked/ /es/glossary/
""".split()
# Where any word that a change lets out would stand: asked after each such change, all
# others at the end.
TELLING = """
    / /posts/ /posts/a-title/ /posts/walked/ /posts/walked-draft/ /about/ /disclaimer/
    /posts/walked-withdrawn/ /posts/topics/walked/ /posts/topics/walked-unused/
    /series/walked/ /glossary/ /attorneys/walked/ /offices/walked/ /feed/json/
    /offices/walked.vcf /offices/fort-lee.ics /llms.txt /sitemap-articles-1.xml
""".split()

# What stands around statements, and changes nothing itself.
BRACKETS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
TABLE = re.compile(r'(?:FROM|JOIN) "?(\w+)')
Rows = dict[str, dict[Any, dict[str, Any]]]


def read_tables(statements: list[str] | None = None) -> Rows:
    """{table: {primary key: {column: value}}} of every model; with `statements` of
    those alone that these may have changed."""
    rows: Rows = {}
    written = None
    if statements is not None:
        written = _written_by([s for s in statements if not s.startswith(BRACKETS)])
    if written == set():
        return rows
    for model in apps.get_models(include_auto_created=True):
        table, key = model._meta.db_table, model._meta.pk.column
        if table in NOT_COMPARED or not model._meta.managed:
            continue
        if written is not None and table not in written:
            continue
        with connection.cursor() as cursor:
            # The names are our models' own.
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            found = [dict(zip(names, row, strict=True)) for row in cursor]
        rows[table] = {row[key]: row for row in found}
    return rows


def _written_by(statements: list[str]) -> set[str] | None:
    """None, for all tables, if one of the statements does not say which it writes."""
    found = [tables_written(sql) for sql in statements]
    return {name for names in found for name in names} if all(found) else None


def differences(before: Rows, after: Rows) -> set[str]:
    """Changes in words: "table owner .column", "table owner +" for a new row and
    "table owner -" for one that is gone. `owner` is the row's number, or that of the
    row it belongs to; a row that moves from one to another is gone and new."""
    found = set()
    for table, rows in after.items():
        old = before[table]
        for key in old.keys() | rows.keys():
            found.update(_of_row(table, key, old.get(key), rows.get(key)))
    return found


def _of_row(table: str, key: Any, old: dict | None, new: dict | None) -> Iterator[str]:
    owners = [row and row.get(BELONGS_TO.get(table, ""), key) for row in (old, new)]
    if old and new and owners[0] == owners[1]:
        changed = (name for name in new if new[name] != old[name])
        yield from (f"{table} {owners[0]} .{name}" for name in changed)
        return
    if old:
        yield f"{table} {owners[0]} -"
    if new:
        yield f"{table} {owners[1]} +"
        if new.get("is_superuser"):
            yield f"{table} {owners[1]} .is_superuser"


@contextmanager
def statements() -> Iterator[list[str]]:
    """The list of statements in the block that do more than read."""
    found: list[str] = []

    def note(execute: Any, sql: str, *args: Any) -> Any:
        if not sql.startswith("SELECT"):
            found.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(note):
        yield found


class Pictures:
    """The folder of pictures as it is now. They are read again only where a file was
    written since."""

    def __init__(self) -> None:
        self.written = _written()
        self.kept = {path: path.read_bytes() for path in self.written}

    def put_back(self) -> set[str]:
        """All as it was; what had changed, in words."""
        found, now = set(), _written()
        if now == self.written:
            return found
        for path in now.keys() - self.kept.keys():
            path.unlink()
            found.add("pictures 0 +")
        for path, content in self.kept.items():
            if path not in now or path.read_bytes() != content:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                found.add("pictures 0 -")
        self.written = _written()
        return found


def _written() -> dict[Path, tuple[int, int]]:
    """{file: when it was written last, and its size}."""
    walked = os.walk(settings.MEDIA_ROOT)
    paths = [Path(folder, name) for folder, _, names in walked for name in names]
    stats = [(path, path.stat()) for path in paths]
    return {path: (stat.st_mtime_ns, stat.st_size) for path, stat in stats}


def served(addresses: list[str]) -> dict[str, str]:
    """{address: status and digest} of what a reader is served now."""
    # Rows that were rolled back are counted like others that never were.
    snapshot.snapshots.snapshot = snapshot.Snapshot(None, 0, 0)
    client, found = Client(), {}
    for address in addresses:
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        digest = hashlib.sha256(content + str(response.get("Location")).encode())
        found[address] = f"{response.status_code} {digest.hexdigest()[:16]}"
    return found


def tables_read(addresses: list[str]) -> dict[str, set[str]]:
    """{address: tables that its page asks}. While none of these changes, it is the
    page that it was."""
    client, found = Client(), {}
    for address in addresses:
        forget()
        asked: list[str] = []

        def note(execute: Any, sql: str, *args: Any, asked: list = asked) -> Any:
            asked.append(sql)
            return execute(sql, *args)

        with connection.execute_wrapper(note):
            response = client.get(address)
            b"".join(response)
        found[address] = set(TABLE.findall(" ".join(asked)))
    return found


def public_addresses(token: str) -> list[str]:
    """All that tests walk, and what machines read. token: of a preview link."""
    known = [address.format(token=token) for address in [*PUBLIC, *MACHINES]]
    return list(dict.fromkeys(known))
