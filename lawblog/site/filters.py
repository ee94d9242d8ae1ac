"""Filters of the desk's templates that readers' pages have as well (jinja.py)."""

from django import template

from lawblog.dates import moment

register = template.Library()
register.filter(moment)
