"""The newest editions that match."""

from . import index

# Beyond twice what is wanted: how many of the newest are tried.
MORE = 50


def newest(editions, asked, wanted):
    """(id, date, language) of the newest of a queryset that match, at most `wanted`."""
    rows = editions.order_by("-pk").values_list("pk", "published_on", "language")
    if index.most_hold(asked):
        # An index would list nearly all. Of so many of the newest, enough should
        # match; where they are all there is, no more can.
        many = 2 * wanted + MORE
        tried = list(rows[:many])
        held = index.holding(asked, [row[0] for row in tried])
        found = [row for row in tried if row[0] in held]
        if len(found) >= wanted or len(tried) < many:
            return found[:wanted]
    return list(rows.filter(pk__in=index.matching(asked))[:wanted])
