"""What networks, advertisements and mail programs add to links, and no page reads."""

import re

TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|d|ms|y|tt|tw)clid|gclsrc|[gw]braid|gad_\w+|_gl|srsltid"
    r"|igsh(?:id)?|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|li_fat_id|ref_src"
)
# With all that is added at once, a link has some 700 characters.
MAX_QUERY_LENGTH = 2000


def without_tracking(query: str) -> str:
    """A query, as it was sent, without these; one that is too long to be meant stays as
    it is.

    >>> without_tracking("utm_source=mail&page=2&fbclid=abc")
    'page=2'
    """
    if len(query) > MAX_QUERY_LENGTH:
        return query
    parts = query.split("&")
    return "&".join(p for p in parts if not TRACKING.fullmatch(p.partition("=")[0]))
