"""Deadlines in an article, as they read today."""

from django.utils import timezone
from django.utils.translation import gettext as _

from lawblog.html.deadlines import MARK, show_deadlines


def with_deadlines(html: str) -> str:
    """Cleaned HTML in which is told, in the page's language, which days are over."""
    if MARK not in html:
        return html
    return show_deadlines(
        html, timezone.localdate(), lambda: _("This date has passed.")
    )
