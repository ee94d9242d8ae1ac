"""Addresses of the old site. Pure."""

from urllib.parse import urljoin


def is_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def joined(base: str, address: str) -> str:
    """The whole address; "", not the base, where there is none, or none like http://["""
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


def web_addresses(*addresses: str) -> list[str]:
    return [address for address in addresses if is_web(address)]


def source_of(own: str, link: str, home: str) -> str:
    """An entry's id, by which it is known again: that which a feed gives it, with the
    site's address where the id is short; else the entry's address; "" without both."""
    if not own:
        return f"url:{link}" if link else ""
    is_whole = is_web(own) or own.startswith(("tag:", "urn:"))
    return f"guid:{own}" if is_whole or not home else f"guid:{home} {own}"
