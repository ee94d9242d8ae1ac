"""Filters of the desk's templates; readers' pages have `moment` as well (jinja.py)."""

from django import template

from lawblog.dates import full_stop, moment
from lawblog.people.accounts import name_of

register = template.Library()
register.filter(moment)
register.filter(full_stop)
register.filter(name_of)
