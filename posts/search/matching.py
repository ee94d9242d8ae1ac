"""The newest editions that match."""

from . import index


def newest(editions, asked, wanted, among=None):
    """([(id, date, language)] of the newest of a queryset that match, at most `wanted`;
    whether these are all). among: ids that hold all of it, where these are few."""
    ids, are_all = index.newest(asked, editions, wanted, among)
    rows = editions.model.objects.filter(pk__in=ids).order_by("-pk")
    return list(rows.values_list("pk", "published_on", "language")), are_all
