"""Pictures of other sites, fetched without being led astray.

requests-hardened resolves a host once, refuses any address that is not public and
connects to the one that it checked; it has no limit of time or size, which are ours.
"""

import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from http import HTTPStatus
from http.client import HTTPException
from threading import Thread
from urllib.parse import urljoin, urlsplit

from requests import RequestException, Response, Session
from requests_hardened import Config, Manager
from urllib3.exceptions import HTTPError

from .pictures import MAX_BYTES

SECONDS = 20  # for the whole picture, redirects included
WAIT = 5  # seconds for a connection, and for each piece
REDIRECTS = 3
PIECE = 64 * 1024
PORTS = (None, 80, 443)
MOST = 500  # pictures of one run
BROKEN = (RequestException, HTTPError, HTTPException, OSError, ValueError)
TOO_SLOW = "Its site answers too slowly."
AGENT = "lawblog (brings the firm's own articles in)"


class CannotFetch(Exception):
    """Carries one plain sentence."""


def fetch(address: str) -> bytes:
    """The bytes at a public http(s) address; raises CannotFetch."""
    deadline = time.monotonic() + SECONDS
    with _session() as session:
        try:
            for _ in range(REDIRECTS + 1):
                _refuse_odd(address)
                with session.get(
                    address, stream=True, allow_redirects=False
                ) as response:
                    if not response.is_redirect:
                        return _read(response, deadline)
                    address = urljoin(address, response.headers["Location"])
        # What is sent back may be made to break whoever reads it.
        except BROKEN as error:
            raise CannotFetch("Nothing that can be used answers there.") from error
    raise CannotFetch("It leads from one address to another without end.")


class Fetcher:
    """fetcher(address) → the picture's bytes, for one run of an import: at most MOST
    pictures, and a site that let one wait too long is not asked again."""

    def __init__(self) -> None:
        self.count = 0
        self.slow: set[str] = set()

    def __call__(self, address: str) -> bytes:
        """Raises CannotFetch."""
        self.count += 1
        if self.count > MOST:
            raise CannotFetch(f"More than {MOST} pictures were asked for.")
        site = _site(address)
        if site in self.slow:
            raise CannotFetch(TOO_SLOW)
        # A site may send the head of its answer letter by letter, and no library of
        # ours counts the time of that. So somebody else waits for it.
        answer: Future[bytes] = Future()
        Thread(target=_answer, args=(answer, address), daemon=True).start()
        try:
            return answer.result(SECONDS)
        except TookTooLong:
            self.slow.add(site)
            raise CannotFetch(TOO_SLOW) from None


def _answer(answer: "Future[bytes]", address: str) -> None:
    try:
        answer.set_result(fetch(address))
    except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
        answer.set_exception(error)


def _session() -> Session:
    config = Config(
        ip_filter_enable=True,
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(WAIT, WAIT),
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
        raise CannotFetch("Its address is none of the web.")
    if parts.port not in PORTS or parts.username:
        raise CannotFetch("Its address is none of a public site.")


def _read(response: Response, deadline: float) -> bytes:
    if response.status_code != HTTPStatus.OK:
        raise CannotFetch(f"Its site answers “{response.status_code}”.")
    data = bytearray()
    while piece := response.raw.read(PIECE, decode_content=False):
        data += piece
        if len(data) > MAX_BYTES:
            raise CannotFetch(f"It is larger than {MAX_BYTES // 1024 // 1024} MB.")
        if time.monotonic() > deadline:
            raise CannotFetch(TOO_SLOW)
    return bytes(data)


def _site(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
