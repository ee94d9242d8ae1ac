"""What networks, advertisements and mail programs add to links, and no page reads."""

import re

ADDED = re.compile(
    r"utm_\w+|(?:fb|g|d|ms|y|tt|tw)clid|gclsrc|[gw]braid|gad_\w+|_gl|srsltid|igsh(?:id)?|mc_[ce]id"
    r"|_hs(?:enc|mi)|mkt_tok|li_fat_id|ref_src"
)
# With all that is added at once, a link has some 700 characters.
MAX_QUERY_LENGTH = 2000


def without_tracking(query: str) -> str:
    """A query, as sent, without what was added to it; one that is too long to be meant
    as it is.

    >>> without_tracking("utm_source=mail&page=2&fbclid=abc")
    'page=2'
    """
    if len(query) > MAX_QUERY_LENGTH:
        return query
    parts = query.split("&")
    return "&".join(p for p in parts if not ADDED.fullmatch(p.partition("=")[0]))
