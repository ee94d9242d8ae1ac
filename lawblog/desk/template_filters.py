"""Filters of the desk's templates; readers' pages have `moment` as well (jinja.py)."""

from django import template

from lawblog.dates import full_stop, moment

register = template.Library()
register.filter(moment)
register.filter(full_stop)
