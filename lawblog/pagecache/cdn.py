"""Purges the content delivery network."""

import json
import logging
import threading
from http.client import HTTPException
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from .responses import SURROGATE_KEY

logger = logging.getLogger(__name__)
# How many seconds we wait for a network.
PURGE_SECONDS = 2
# What the common networks expect. Those that only look at the address ignore it.
BODY = json.dumps({"purge_everything": True}).encode()

_calling = threading.Lock()
_wanted = threading.Event()


class NoRedirect(HTTPRedirectHandler):
    """The key in our header is for the host that was named, and no other."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def purge() -> None:
    """Calls CDN_PURGE_URL. Of all that ask during a call, one calls again. Never
    raises: the network's copies expire by themselves (responses.for_networks)."""
    _wanted.set()
    with _calling:
        if _wanted.is_set():
            _wanted.clear()
            try:
                call()
            except (OSError, HTTPException, ValueError) as error:
                logger.error(
                    "The delivery network was not purged (%s): it may show what was "
                    "before for %s seconds more. Check CDN_PURGE_URL.",
                    getattr(error, "code", None) or type(error).__name__,
                    2 * settings.CDN_SECONDS,
                )


def call() -> None:
    """Raises OSError, HTTPException or ValueError if the network does not take it."""
    headers = {
        "Content-Type": "application/json",
        "Surrogate-Key": SURROGATE_KEY,
        **settings.CDN_PURGE_HEADER,
    }
    request = Request(settings.CDN_PURGE_URL, BODY, headers, method="POST")  # noqa: S310
    build_opener(NoRedirect).open(request, timeout=PURGE_SECONDS).close()
