"""A page as it is kept: headers and bytes for each encoding, ready to be sent."""

import gzip
import hashlib
from functools import lru_cache

import brotli
from django.conf import settings

# Below this, compression gains less than its header costs.
MIN_BYTES = 200
# No browser sends more; what is longer is not read.
MAX_HEADER = 1000
SURROGATE_KEY = "lawblog-pages"
REPLACED = {"etag", "vary", "content-length", "content-encoding"}
NOT_IN_304 = {"content-type", "content-length", "content-encoding"}


class Response:
    """One encoding of a page."""

    def __init__(self, headers, body, encoding, digest):
        self.body, self.tag = body, f'"{digest}-{encoding}"'
        headers = [pair for pair in headers if pair[0].lower() not in REPLACED]
        headers += [("ETag", self.tag), ("Vary", "Accept-Encoding")]
        headers += [("Content-Length", str(len(body)))]
        if encoding != "identity":
            headers.append(("Content-Encoding", encoding))
        self.headers = for_networks(headers) if settings.CDN_SECONDS else headers
        self.unchanged = [p for p in self.headers if p[0].lower() not in NOT_IN_304]


class Page:
    """A page's responses by encoding. `size`: bytes that it takes in memory, about."""

    def __init__(self, headers, body):
        digest = hashlib.sha256(body).hexdigest()[:24]
        bodies = {"identity": body}
        kind = dict(headers).get("Content-Type", "")
        # A PNG is compressed already; SVG is text.
        if len(body) >= MIN_BYTES and kind != "image/png":
            bodies["gzip"] = gzip.compress(body, 6, mtime=0)
            # 5 is as quick as gzip; 11 takes fifty times as long for a tenth less.
            bodies["br"] = brotli.compress(body, quality=5)
        self.responses = {
            encoding: Response(headers, coded, encoding, digest)
            for encoding, coded in bodies.items()
        }
        self.size = sum(map(len, bodies.values())) + 4096

    def response(self, accepted):
        """The Response for an Accept-Encoding header."""
        responses = self.responses
        return responses.get(encoding_for(accepted), responses["identity"])


def for_networks(headers):
    """The headers with what content delivery networks are told.

    A network shows a withdrawn article for at most twice CDN_SECONDS: once without
    asking, and once more while it asks or when we do not answer, never longer. The
    second window is what stale-if-error can add, so it must not be a day.
    """
    seconds = settings.CDN_SECONDS
    late = f"stale-while-revalidate={seconds}, stale-if-error={seconds}"
    return [
        *(pair for pair in headers if pair[0].lower() != "cache-control"),
        ("Cache-Control", f"public, max-age=0, s-maxage={seconds}, {late}"),
        ("CDN-Cache-Control", f"max-age={seconds}, {late}"),
        # One key: any change may alter any page, so that they are purged together.
        ("Surrogate-Key", SURROGATE_KEY),
    ]


@lru_cache(maxsize=256)
def encoding_for(accepted):
    """'br', 'gzip' or 'identity', as an Accept-Encoding header allows.

    >>> encoding_for("gzip, br;q=0")
    'gzip'
    """
    if len(accepted) > MAX_HEADER:
        return "identity"
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        weights[name] = weight or "1"
    for encoding in ("br", "gzip"):
        if weights.get(encoding, "0").strip("0."):
            return encoding
    return "identity"


def matches(tag, asked):
    """Whether an If-None-Match header names the tag (or any: "*")."""
    if asked == tag or asked.strip() == "*":
        return True
    return tag in (part.strip().removeprefix("W/") for part in asked.split(","))
