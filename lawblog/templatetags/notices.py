"""What the desk's front page asks of mail."""

from django import template

from lawblog.notices import state

register = template.Library()


@register.simple_tag
def mail_trouble() -> str:
    """A sentence on mail that does not go out, or ""."""
    return state.mail_trouble()
