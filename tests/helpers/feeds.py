"""What programs read of the site."""

from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
SITE = "http://127.0.0.1:8000"
ARTICLE = "/posts/a-title/"


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()
