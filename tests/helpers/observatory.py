"""The points of Mozilla's HTTP Observatory, algorithm 6, for an answer over https.

Each rule has the name that the published scorer (mdn-http-observatory, src/analyzer and
src/grader/charts.js, August 2026) gives it. Left out are the rules whose answer lies
outside of one answer: the redirect from http, cookies of other pages, and the list of
sites that browsers know to be https, which this one is not on.
"""

import re
from urllib.parse import urlsplit

from django.http import HttpResponseBase
from django.test import Client

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "https://*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin"}
PRIVATE |= {"strict-origin-when-cross-origin"}
SIX_MONTHS = 15_768_000
# Below this no extra points count.
LEAST_FOR_EXTRA = 90


def policy(answer: HttpResponseBase) -> dict[str, set[str]]:
    text = answer.headers.get("Content-Security-Policy", "")
    parts = [part.split() for part in text.split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def content_security_policy(answer: HttpResponseBase) -> int:
    told = policy(answer)
    if not told:
        return -25
    everything = told.get("default-src", {"*"})
    script = told.get("script-src", everything)
    style = told.get("style-src", everything)
    if script & (BROAD | INLINE) or told.get("object-src", everything) & BROAD:
        return -20
    if any(s.startswith(("http:", "ftp:")) for all_ in told.values() for s in all_):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if style & (BROAD | INLINE):
        return 0
    return 10 if everything == {"'none'"} else 5


def cookies(answer: HttpResponseBase) -> int:
    # But for one that is taken back, which over https is called __Host-… and so Secure.
    kept = getattr(answer, "cookies", {}).values()
    found = [cookie for cookie in kept if cookie["max-age"] != 0]
    if any(not c["secure"] or not c["samesite"] for c in found):
        return -20
    if any("sess" in c.key and not c["httponly"] for c in found):
        return -30
    return 5 if found else 0


def cross_origin_resource_sharing(answer: HttpResponseBase) -> int:
    shared = answer.headers.get("Access-Control-Allow-Origin")
    credentials = answer.headers.get("Access-Control-Allow-Credentials")
    return -50 if shared and credentials == "true" else 0


def referrer_policy(answer: HttpResponseBase) -> int:
    told = answer.headers.get("Referrer-Policy")
    if told is None:
        return 0
    return 5 if told.split(",")[-1].strip() in PRIVATE else -5


def strict_transport_security(answer: HttpResponseBase) -> int:
    told = answer.headers.get("Strict-Transport-Security", "")
    age = re.fullmatch(r"max-age=(\d+)(?:;.*)?", told)
    if not age:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS else -10


def subresource_integrity(answer: HttpResponseBase) -> int:
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return 0
    scripts = re.findall(rb"<script[^>]*\bsrc=[^>]*>", answer.content)
    sources = [re.search(rb'src="([^"]*)"', s)[1].decode() for s in scripts]
    if any(urlsplit(source).netloc for source in sources):
        return -50
    return 5 if any(b"integrity=" in script for script in scripts) else 0


def x_content_type_options(answer: HttpResponseBase) -> int:
    return 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5


def x_frame_options(answer: HttpResponseBase) -> int:
    told = answer.headers.get("X-Frame-Options", "").lower()
    if "frame-ancestors" in policy(answer) or told in ("deny", "sameorigin"):
        return 5
    return -20


def cross_origin_resource_policy(answer: HttpResponseBase) -> int:
    points = {"same-origin": 10, "same-site": 10, "cross-origin": 0, None: 0}
    return points.get(answer.headers.get("Cross-Origin-Resource-Policy"), -5)


def cross_origin_embedder_policy(answer: HttpResponseBase) -> int:
    points = {"require-corp": 10, "credentialless": 10, "unsafe-none": 0, None: 0}
    return points.get(answer.headers.get("Cross-Origin-Embedder-Policy"), -5)


def cross_origin_opener_policy(answer: HttpResponseBase) -> int:
    points = {"same-origin": 10, "same-origin-allow-popups": 10, None: 0}
    points |= {"noopener-allow-popups": 10, "unsafe-none": 0}
    return points.get(answer.headers.get("Cross-Origin-Opener-Policy"), -5)


RULES = [
    content_security_policy,
    cookies,
    cross_origin_resource_sharing,
    referrer_policy,
    strict_transport_security,
    subresource_integrity,
    x_content_type_options,
    x_frame_options,
    cross_origin_resource_policy,
    cross_origin_embedder_policy,
    cross_origin_opener_policy,
]


def points(answer: HttpResponseBase) -> dict[str, int]:
    """{rule: points}, of those that give or take some."""
    found = {rule.__name__: rule(answer) for rule in RULES}
    return {name: worth for name, worth in found.items() if worth}


def score(answer: HttpResponseBase) -> int:
    found = points(answer).values()
    without_extra = 100 + sum(worth for worth in found if worth < 0)
    return 100 + sum(found) if without_extra >= LEAST_FOR_EXTRA else without_extra


def by_https(settings) -> Client:
    """A client to which the site is what it is on the internet."""
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 365 * 86400, True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return Client()
