"""Downloads pictures from other sites, safe from SSRF.

requests-hardened resolves a host once, refuses any address that is not public and
connects to the one that it checked; it has no limit of time or size, which are ours.
"""

import time
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from requests import RequestException, Response, Session
from requests_hardened import Config, Manager, ip_filter
from urllib3.exceptions import HTTPError

from lawblog.ip_addresses import NOT_PUBLIC

from .fetching import PICTURE_SECONDS, TOO_SLOW, CannotFetch
from .pictures import MAX_BYTES

TIMEOUT_SECONDS = 5  # for a connection, and for each piece
MAX_REDIRECTS = 3
CHUNK_BYTES = 64 * 1024
PORTS = (None, 80, 443)
BROKEN = (RequestException, HTTPError, HTTPException, OSError, ValueError)
# Some of them the library lets through (tests/unit/test_fetching.py tries each).
ip_filter.EXTRA_BLOCKED_NET_RANGES += NOT_PUBLIC
AGENT = "lawblog (brings the firm's own articles in)"


def fetch(address: str) -> bytes:
    """The bytes at a public http(s) address; raises CannotFetch."""
    deadline = time.monotonic() + PICTURE_SECONDS
    with _session() as session:
        try:
            for _ in range(MAX_REDIRECTS + 1):
                _refuse_odd(address)
                with session.get(
                    address, stream=True, allow_redirects=False
                ) as response:
                    if not response.is_redirect:
                        return _read(response, deadline)
                    address = urljoin(address, response.headers["Location"])
        # The response may be crafted to break its reader.
        except BROKEN as error:
            raise CannotFetch("Nothing that can be used answers there.") from error
    raise CannotFetch("It leads from one address to another without end.")


def _session() -> Session:
    config = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(TIMEOUT_SECONDS, TIMEOUT_SECONDS),
        user_agent_override=AGENT,
    )
    session: Session = Manager(config).get_session()
    # A proxy of the machine would resolve the name anew, and look at no address.
    session.trust_env = False
    # Bytes as they are: what is packed may unpack without end.
    session.headers["Accept-Encoding"] = "identity"
    return session


def _refuse_odd(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CannotFetch("Its address is not one on the web.")
    if parts.port not in PORTS or parts.username:
        raise CannotFetch("Its address is not that of a public site.")


def _read(response: Response, deadline: float) -> bytes:
    if response.status_code != HTTPStatus.OK:
        raise CannotFetch(f"Its site answers “{response.status_code}”.")
    data = bytearray()
    while piece := response.raw.read(CHUNK_BYTES, decode_content=False):
        data += piece
        if len(data) > MAX_BYTES:
            raise CannotFetch(f"It is larger than {MAX_BYTES // 1024 // 1024} MB.")
        if time.monotonic() > deadline:
            raise CannotFetch(TOO_SLOW)
    return bytes(data)
