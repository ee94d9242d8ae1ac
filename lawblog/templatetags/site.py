from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def absolute(path):
    """The full public address of a path of ours."""
    return f"{settings.SITE_URL}{path}"
