"""Which pictures the firm's public pages show: pages of record, offices, attorneys."""

from lawblog.media.names import digests_in
from lawblog.pagecache.fragments import cached_fragment
from offices.models import Attorney, Office, Page


def shows(digest: str) -> bool:
    return digest in cached_fragment("pictures of the firm", _digests)


def _digests() -> frozenset[str]:
    rows = [*Attorney.objects.all(), *Office.objects.all(), *Page.objects.all()]
    # Every text of each row, translations too.
    return frozenset().union(*(digests_in(str(vars(row))) for row in rows))
