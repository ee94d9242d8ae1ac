from django import template
from django.template import RequestContext

from lawblog.people.accounts import user_of
from posts.desk import frontpage

register = template.Library()


@register.simple_tag(takes_context=True)
def front_page_lists(context: RequestContext) -> frontpage.Lists:
    return frontpage.lists(user_of(context.request))


@register.simple_tag(takes_context=True)
def month_calendar(context: RequestContext) -> frontpage.Month:
    first = frontpage.month_from(context.request.GET.get("month"))
    return frontpage.month_calendar(first)
