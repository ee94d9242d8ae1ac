"""A page saved with its pictures in one file (.mhtml, .mht), as Chrome and Edge do."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage

from ..addresses import is_web
from ..article import CannotRead, Found
from ..dates import moment_of
from ..encodings import decode
from ..upload import MAX_PAGE_BYTES, Format, Upload
from .html import article


def read(upload: Upload) -> Iterator[Found]:
    message = message_from_bytes(upload.data, policy=policy.default)
    part, pictures = _contents(message)
    address = _header(message, "Snapshot-Content-Location")
    address = address or _header(part, "Content-Location")
    title = _header(message, "Subject")
    found = article(
        _page(part),
        pictures,
        address=address if is_web(address) else "",
        fallback=title,
    )
    found.title = found.title or title
    if found.published is None and (saved := moment_of(_header(message, "Date"))):
        found.say(f"The page tells no date. It was saved on {saved:%Y-%m-%d}.")
    if any(isinstance(one, CloseBoundaryNotFoundDefect) for one in message.defects):
        found.say("The file seems to be cut off. Is the article whole?")
    yield found


def _contents(message: EmailMessage) -> tuple[EmailMessage, dict[str, bytes]]:
    """(the page, its pictures by each of their names); raises CannotRead."""
    pages: list[EmailMessage] = []
    pictures: dict[str, bytes] = {}
    for part in message.walk():
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            continue
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            pages.append(part)
        elif part.get_content_maintype() == "image":
            pictures |= dict.fromkeys(_names(part), data)
    if not pages:
        raise CannotRead("It holds no page. Save the page again as HTML.")
    return pages[0], pictures


def _page(part: EmailMessage) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    if len(data) > MAX_PAGE_BYTES:
        raise CannotRead("Its page is larger than 5 MB. Save only the article’s page.")
    # Chrome names no encoding, and the library would then take the page for ASCII.
    return decode(data, str(part.get_content_charset() or ""))


def _names(part: EmailMessage) -> list[str]:
    content_id = _header(part, "Content-ID").strip("<>")
    location = _header(part, "Content-Location")
    return list(filter(None, [location, f"cid:{content_id}" if content_id else ""]))


def _header(part: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(part.get(name, "")).split())
    except (ValueError, IndexError, AttributeError):  # headers that are none
        return ""


def is_mhtml(upload: Upload) -> bool:
    head = upload.data[:4000].lower().lstrip(b"\xef\xbb\xbf \r\n")
    is_headed = head[:200].startswith(
        (
            b"from:",
            b"mime-version:",
            b"content-type:",
            b"subject:",
            b"date:",
            # Of a mail that was saved.
            b"received:",
            b"return-path:",
            b"delivered-to:",
            b"message-id:",
            b"snapshot-content",
        )
    )
    return (
        is_headed
        and b"content-type:" in head
        and (b"multipart/related" in head or b"text/html" in head)
    )


FORMAT = Format("a page saved as MHTML", is_mhtml, read)
