"""What the desk's front page asks of lawblog itself."""

from django import template
from django.template import RequestContext

from lawblog.desk import launch
from lawblog.keeping import desk as keeping
from lawblog.notices.mail_state import mail_trouble
from lawblog.people.accounts import is_attorney, user_of

register = template.Library()
register.simple_tag(mail_trouble)


@register.simple_tag(takes_context=True)
def launch_progress(context: RequestContext) -> launch.Progress:
    return launch.progress(user_of(context.request))


@register.simple_tag(takes_context=True)
def backup_state(context: RequestContext) -> keeping.BackupState | None:
    """What is known of the backups; None for those who do not look after them."""
    return keeping.known() if is_attorney(user_of(context.request)) else None
