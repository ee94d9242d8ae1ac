"""A strict reader of the variables that name the firm's mail server."""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from lawblog.env import LOCAL_HOSTS, env_str

PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
ADDRESS = re.compile(r"[^\s@<>\",;:\\()\[\]]{1,64}@[A-Za-z0-9.-]{1,190}")


class MailServer(NamedTuple):
    """host: "" where the site sends no mail. starttls, tls: how the line is encrypted.
    sender: the address that mail comes from."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False
    sender: str = ""


def env_mail(name: str, sender: str) -> MailServer:
    """The server of an address like smtp+tls://USER:PASSWORD@HOST; MailServer() where
    the variable is empty. sender: the address that mail comes from; "": the user's."""
    value = env_str(name)
    if not value:
        return MailServer()
    url, host, port = _split(name, value)
    if url.scheme == "smtp" and host not in LOCAL_HOSTS:
        raise ImproperlyConfigured(
            f"{name} would send passwords and links unencrypted. Use smtp+tls:// or "
            "smtp+ssl://; smtp:// is accepted for a server on this machine only."
        )
    user, password = unquote(url.username or ""), unquote(url.password or "")
    if bool(user) != bool(password):
        raise ImproperlyConfigured(f"{name} has a user without a password, or no user.")
    return MailServer(
        host=host,
        port=port,
        user=user,
        password=password,
        starttls=url.scheme == "smtp+tls",
        tls=url.scheme == "smtp+ssl",
        sender=_address(sender or user),
    )


def _split(name: str, value: str) -> tuple[SplitResult, str, int]:
    """(address, host, port); raises ImproperlyConfigured."""
    try:
        url = urlsplit(value)
        port = url.port
    except ValueError:
        url, port = urlsplit(""), None
    parts = (url.path.strip("/"), url.query, url.fragment)
    if url.scheme not in PORTS or not url.hostname or any(parts) or port == 0:
        raise ImproperlyConfigured(
            f"{name} is no mail server's address. Use "
            "smtp+tls://USER:PASSWORD@HOST:587 or smtp+ssl://USER:PASSWORD@HOST:465, "
            "with %40 for an @ in the user or the password."
        )
    return url, url.hostname, port or PORTS[url.scheme]


def _address(sender: str) -> str:
    if not ADDRESS.fullmatch(sender):
        raise ImproperlyConfigured(
            "EMAIL_FROM is no mail address. Give the one that the site's mail comes "
            "from, like website@example.com"
        )
    return sender
