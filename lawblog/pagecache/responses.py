"""A cached page: headers and bytes for each encoding, ready to be sent."""

import gzip
import hashlib
from functools import lru_cache

import brotli
from django.conf import settings

# Below this, compression gains less than its header costs.
MIN_COMPRESSED_BYTES = 200
# No browser sends more. A longer header is not read.
MAX_HEADER_LENGTH = 1000
SURROGATE_KEY = "lawblog-pages"
REPLACED = {"etag", "vary", "content-length", "content-encoding"}
NOT_IN_304 = {"content-type", "content-length", "content-encoding"}

Headers = list[tuple[str, str]]


class Response:
    """One encoding of a page."""

    def __init__(
        self, headers: Headers, body: bytes, encoding: str, digest: str
    ) -> None:
        self.body, self.tag = body, f'"{digest}-{encoding}"'
        headers = [pair for pair in headers if pair[0].lower() not in REPLACED]
        headers += [("ETag", self.tag), ("Vary", "Accept-Encoding")]
        headers += [("Content-Length", str(len(body)))]
        if encoding != "identity":
            headers.append(("Content-Encoding", encoding))
        self.headers = for_networks(headers) if settings.CDN_SECONDS else headers
        self.unchanged = [p for p in self.headers if p[0].lower() not in NOT_IN_304]


class Page:
    """A page's responses by encoding. `size`: the bytes of memory it takes, about."""

    def __init__(self, headers: Headers, body: bytes) -> None:
        digest = hashlib.sha256(body).hexdigest()[:24]
        bodies = {"identity": body}
        kind = dict(headers).get("Content-Type", "")
        # A PNG is compressed already; SVG is text.
        if len(body) >= MIN_COMPRESSED_BYTES and kind != "image/png":
            bodies["gzip"] = gzip.compress(body, 6, mtime=0)
            # 5 is as quick as gzip; 11 takes fifty times as long to save a tenth.
            bodies["br"] = brotli.compress(body, quality=5)
        self.responses = {
            encoding: Response(headers, coded, encoding, digest)
            for encoding, coded in bodies.items()
        }
        self.size = sum(map(len, bodies.values())) + 4096

    def response(self, accepted: str) -> Response:
        """The Response for an Accept-Encoding header."""
        responses = self.responses
        # Nor remembered: hundreds of them would fill the worker's memory.
        if len(accepted) > MAX_HEADER_LENGTH:
            return responses["identity"]
        return responses.get(encoding_for(accepted), responses["identity"])


def for_networks(headers: Headers) -> Headers:
    """The headers with what content delivery networks are told.

    A network shows a withdrawn article for at most twice CDN_SECONDS: once without
    asking us, and once more while it asks or if we do not answer. The latter is what
    stale-if-error adds, so it must not be a day.
    """
    seconds = settings.CDN_SECONDS
    late = f"stale-while-revalidate={seconds}, stale-if-error={seconds}"
    return [
        *(pair for pair in headers if pair[0].lower() != "cache-control"),
        ("Cache-Control", f"public, max-age=0, s-maxage={seconds}, {late}"),
        ("CDN-Cache-Control", f"max-age={seconds}, {late}"),
        # One key: any change may alter any page, so all are purged together.
        ("Surrogate-Key", SURROGATE_KEY),
    ]


@lru_cache(maxsize=256)
def encoding_for(accepted: str) -> str:
    """ "br", "gzip" or "identity", as an Accept-Encoding header allows.

    >>> encoding_for("gzip, br;q=0")
    'gzip'
    """
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        weights[name] = weight or "1"
    for encoding in ("br", "gzip"):
        if weights.get(encoding, "0").strip("0."):
            return encoding
    return "identity"


def matches(tag: str, asked: str) -> bool:
    """Whether an If-None-Match header names the tag, or any ("*")."""
    if asked == tag or asked.strip() == "*":
        return True
    return tag in (part.strip().removeprefix("W/") for part in asked.split(","))
