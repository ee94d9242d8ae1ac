"""The way to an address, on a map. Pure."""

from urllib.parse import quote

from django.utils.translation import gettext as _


def maps_of(address: str) -> tuple[tuple[str, str], ...]:
    """(whose map, link that opens it): a phone's own maps, else a map in the browser.
    Plain links, since no script may ask which machine this is; nothing is sent until
    one is followed."""
    place = quote(address)
    return (
        ("iPhone", f"https://maps.apple.com/?daddr={place}"),
        ("Android", f"geo:0,0?q={place}"),
        (_("Computer"), f"https://www.openstreetmap.org/search?query={place}"),
    )
