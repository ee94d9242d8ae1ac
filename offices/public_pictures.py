"""The pictures that pages of record and attorneys' pages show."""

from lawblog.pages.parts import part
from lawblog.pictures import digests_in

from .models import Attorney, Page


def shows(digest):
    return digest in part("pictures of the firm", _digests)


def _digests():
    rows = [*Attorney.objects.all(), *Page.objects.all()]
    # Every text of each row, translations too.
    return frozenset().union(*(digests_in(str(vars(row))) for row in rows))
