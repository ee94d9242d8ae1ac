"""Unwraps tracking links: addresses that mail programs and social networks wrap in one
of their own. Pure."""

from urllib.parse import parse_qs, urlsplit

# (end of the host, path, name of the part that holds the address)
_WRAPPERS = (
    ("www.google.com", "/url", ("q", "url")),
    (".safelinks.protection.outlook.com", "/", ("url",)),
    ("l.facebook.com", "/l.php", ("u",)),
    ("lm.facebook.com", "/l.php", ("u",)),
    ("www.linkedin.com", "/redir/redirect", ("url",)),
)


def unwrapped(address: str) -> str:
    """The address that is meant; others as they are.

    >>> unwrapped("https://www.google.com/url?q=https://www.uscis.gov/&sa=D")
    'https://www.uscis.gov/'
    """
    if "?" not in address:
        return address
    try:
        parts = urlsplit(address)
        query = parse_qs(parts.query)
    except ValueError:
        return address
    for host, path, names in _WRAPPERS:
        is_there = parts.netloc == host or (
            host[0] == "." and parts.netloc.endswith(host)
        )
        if is_there and (parts.path or "/") == path:
            found = next((query[name][0] for name in names if name in query), "")
            return found if found.startswith(("http://", "https://")) else address
    return address
