"""The index in PostgreSQL: a tsvector of words that are stemmed already."""

CREATE = [
    "CREATE TABLE posts_search "
    "(edition_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    # Uncompressed and beside the table: ranking reads a thousand of them.
    "ALTER TABLE posts_search ALTER COLUMN words SET STORAGE EXTERNAL",
    "CREATE INDEX posts_search_words ON posts_search USING gin (words)",
]
DROP = ["DROP TABLE posts_search"]
# Not TRUNCATE, which would keep readers waiting until all is indexed again.
CLEAR = ["DELETE FROM posts_search"]
# Materialised, so that GIN answers alone: the planner takes "@@" to be cheap, and for
# a few rows it would rather unpack every article's words (400 ms instead of 1).
MATCHING = (
    "WITH found AS MATERIALIZED (SELECT edition_id FROM posts_search "
    "WHERE words @@ %s::tsquery) SELECT edition_id FROM found"
)
ALL = "SELECT 1 FROM posts_search"
# Materialised for the same reason: these words alone are unpacked.
HOLDING = (
    "WITH these AS MATERIALIZED (SELECT * FROM posts_search WHERE edition_id = ANY(%s))"
    " SELECT edition_id FROM these WHERE words @@ %s::tsquery"
)
DELETE = "DELETE FROM posts_search WHERE edition_id IN"
INSERT = "INSERT INTO posts_search (edition_id, words) VALUES "
WEIGHTS = "ABD"


def document(parts):
    """One tsvector literal; a gap between the parts, so that no phrase spans two."""
    texts, place = [], 1
    for weight, part in zip(WEIGHTS, parts, strict=True):
        texts += [f"'{s}':{n}{weight}" for n, s in enumerate(part, start=place)]
        place += len(part) + 10
    return [" ".join(texts)]


def expression(query, unwanted=True):
    """A tsquery literal. Stems are letters and digits, so that quoting holds."""

    def alternatives(part):
        phrases = (" <-> ".join(f"'{s}'" for s in phrase) for phrase in part)
        return "(" + " | ".join(f"({phrase})" for phrase in phrases) + ")"

    parts = list(map(alternatives, query.wanted))
    if unwanted:
        parts += (f"!{alternatives(part)}" for part in query.unwanted)
    return " & ".join(parts)


def most_hold(query, cursor):
    """Whether more than half of all texts match, as the planner's statistics say: then
    GIN would list them all, where the newest few hundred are enough."""

    def estimate(sql, params=()):
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        return cursor.fetchone()[0][0]["Plan"]["Plan Rows"]

    found = estimate(f"{ALL} WHERE words @@ %s::tsquery", [expression(query)])
    return found * 2 > estimate(ALL)


def holding(query, ids):
    return HOLDING, [ids, expression(query)]


def ranking(query, ids):
    # Ranked by what is wanted alone: ts_rank() gives a query with "!" almost nothing.
    sql = (
        "SELECT edition_id, ts_rank(words, %s::tsquery, 1) FROM posts_search "
        "WHERE edition_id = ANY(%s)"
    )
    return sql, [expression(query, unwanted=False), ids]
