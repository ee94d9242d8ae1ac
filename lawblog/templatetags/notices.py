"""What the desk's front page asks of mail."""

from django import template

from lawblog.notices import mail_state

register = template.Library()


@register.simple_tag
def mail_trouble() -> str:
    """A sentence on mail that does not go out, or ""."""
    return mail_state.mail_trouble()
