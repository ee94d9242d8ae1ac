"""Plain links to share an article: no script, no third party."""

from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from posts.models import Edition


def sharing(edition: Edition) -> tuple[tuple[str, str], ...]:
    """(name, address) of what opens the reader's own program with the article's title
    and address in it."""
    address = settings.SITE_URL + edition.get_absolute_url()
    title, text = quote(edition.title), quote(f"{edition.title} {address}")
    return (
        (_("E-mail"), f"mailto:?subject={title}&body={quote(address)}"),
        ("WhatsApp", f"https://wa.me/?text={text}"),
        # iPhones want the "&", other phones the "?".
        (_("Text message"), f"sms:?&body={text}"),
    )
