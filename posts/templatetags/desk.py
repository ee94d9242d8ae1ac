from django import template

from posts.desk import frontpage

register = template.Library()


@register.simple_tag(takes_context=True)
def front_page_lists(context):
    return frontpage.lists(context["request"].user)


@register.simple_tag(takes_context=True)
def month_calendar(context):
    first = frontpage.month_from(context["request"].GET.get("month"))
    return frontpage.month_calendar(first)
