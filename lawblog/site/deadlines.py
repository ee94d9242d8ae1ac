"""Deadlines in an article, as they read today."""

from django.utils import timezone
from django.utils.translation import gettext as _

from lawblog.html.deadlines import shown


def with_deadlines(html: str) -> str:
    """Cleaned HTML in which is told, in the page's language, which days are over."""
    return shown(html, timezone.localdate(), lambda: _("This date has passed."))
