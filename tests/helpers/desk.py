"""Articles at the desk, asked for as a browser does."""

from datetime import datetime
from zoneinfo import ZoneInfo

LIST = "/admin/posts/post/"
# The fixture `clock` stands at it.
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=ZoneInfo("America/New_York"))


def page(client, address, **options):
    return client.get(address, **options).content.decode()
