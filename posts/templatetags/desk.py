from django import template
from django.template import RequestContext

from lawblog.people.accounts import user_of
from offices.models import Cause
from posts.desk import calendar, frontpage
from posts.law import affected

register = template.Library()


@register.simple_tag(takes_context=True)
def front_page_lists(context: RequestContext) -> frontpage.Lists:
    return frontpage.lists(user_of(context.request))


@register.simple_tag(takes_context=True)
def month_calendar(context: RequestContext) -> calendar.Month:
    first = calendar.month_from(context.request.GET.get("month"))
    return calendar.month_calendar(first)


@register.simple_tag
def causes() -> list[tuple[str, str]]:
    """(value, words) of why an office may be closed."""
    return [(value, str(words)) for value, words in Cause.choices]


@register.simple_tag
def newest_law_notice() -> int:
    """What a form that says "still right" knows of changes of the law."""
    return affected.newest_notice_id()
