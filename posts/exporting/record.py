"""Exports every edition that was ever approved, as a table."""

import csv
from datetime import date
from pathlib import Path

from django.conf import settings

from posts.models import Edition

ROW_BATCH = 1000
COLUMNS = """
    post_id number language slug title published_on approved_by_name approved_at
    live_from live_until modified_at law_as_of override_reason digest
""".split()


def write(folder: Path) -> str:
    rows = Edition.objects.order_by("post", "number").values_list(*COLUMNS)
    count = 0
    with (folder / "record.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow([*COLUMNS, "address"])
        for row in rows.iterator(chunk_size=ROW_BATCH):
            values = dict(zip(COLUMNS, row, strict=True))
            edition = Edition(slug=values["slug"], language=values["language"])
            address = settings.SITE_URL + edition.get_absolute_url()
            table.writerow([*map(as_text, row), address])
            count += 1
    return f"record.csv: who approved what and when, {count:,} editions."


def as_text(value: object) -> str:
    """Moments in ISO 8601. A text that a spreadsheet would take for a formula begins
    with a quote."""
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
