"""Plain links to share an article: no script, no third party."""

from urllib.parse import quote

from django.conf import settings

from lawblog.site.page_language import gettext as _
from posts.models import Edition


def sharing(edition: Edition) -> tuple[tuple[str, str], ...]:
    """(name, address) of what opens the reader's own program with the article's title
    and address in it."""
    title = quote(edition.title)
    address = quote(settings.SITE_URL + edition.get_absolute_url())
    text = f"{title}%20{address}"
    return (
        (_("E-mail"), f"mailto:?subject={title}&body={address}"),
        ("WhatsApp", f"https://wa.me/?text={text}"),
        # iPhones want the "&", other phones the "?".
        (_("Text message"), f"sms:?&body={text}"),
    )
