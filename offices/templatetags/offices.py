from django import template

from ..models import Page

register = template.Library()


@register.simple_tag
def pages_of_record():
    """(end of the address, label) of every kind of page, for the footer."""
    return Page.Kind.choices
