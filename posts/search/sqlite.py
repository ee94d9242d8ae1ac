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
    """FTS5 walks from the newest by itself, and needs no help with common words."""
    return False


def ranking(query, ids):
    # bm25() is negative, the best lowest. The range is read once, in order; a list
    # of ids would run the query once for each.
    sql = (
        "SELECT rowid, -bm25(posts_search, 10, 4, 1) FROM posts_search "
        "WHERE posts_search MATCH %s AND rowid BETWEEN %s AND %s"
    )
    return sql, [expression(query), min(ids), max(ids)]
