"""The index in SQLite: FTS5 over words that are stemmed already."""

# "ascii" takes every other character for a letter: the stems pass through unchanged.
CREATE = [
    "CREATE VIRTUAL TABLE posts_search "
    "USING fts5(title, summary, body, tokenize='ascii')"
]
DROP = ["DROP TABLE posts_search"]
# FTS5 would delete row by row, looking up every word.
CLEAR = DROP + CREATE
MATCHING = "SELECT rowid FROM posts_search WHERE posts_search MATCH %s"
DELETE = "DELETE FROM posts_search WHERE rowid IN"
INSERT = "INSERT INTO posts_search (rowid, title, summary, body) VALUES "


NEWEST = 1000  # of those that match, to guess how many of all do


def document(parts):
    return [" ".join(part) for part in parts]


def expression(query):
    """Every stem is quoted, so that none is taken for an operator."""

    def alternatives(part):
        return "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in part) + ")"

    wanted = " AND ".join(map(alternatives, query.wanted))
    unwanted = " OR ".join(map(alternatives, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else f"({wanted})"


def most_hold(query, cursor):
    """Whether more than half of the newest match: FTS5 walks from the newest, but a
    query that narrows down would first list them all."""
    cursor.execute(
        f"{MATCHING} ORDER BY rowid DESC LIMIT {NEWEST}", [expression(query)]
    )
    ids = [row[0] for row in cursor.fetchall()]
    return len(ids) == NEWEST and ids[0] - ids[-1] < 2 * len(ids)


def holding(query, ids):
    # The range is read once, in order; a list would run the query for each.
    sql = f"{MATCHING} AND rowid BETWEEN %s AND %s"
    return sql, [expression(query), min(ids), max(ids)]


def ranking(query, ids):
    # bm25() is negative, the best lowest.
    sql = (
        "SELECT rowid, -bm25(posts_search, 10, 4, 1) FROM posts_search "
        "WHERE posts_search MATCH %s AND rowid BETWEEN %s AND %s"
    )
    return sql, [expression(query), min(ids), max(ids)]
