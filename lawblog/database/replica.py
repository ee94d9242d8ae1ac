"""Serves readers from a read replica, if DATABASE_REPLICA_URL names one.

The rule: a request is read from the replica only if the replica holds every change that
the primary had committed when the request began, as their versions tell. So nothing out
of date is shown or cached. The desk, sessions, commands, the health check and the page
cache's own queries always use the primary.
"""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpRequest, HttpResponseBase

from lawblog.middleware import is_desk
from lawblog.models import SiteVersion

from . import timeouts
from .router import PRIMARY, REPLICA, reading

logger = logging.getLogger(__name__)
# Seconds after which a replica that was away is tried again.
RETRY_SECONDS = 5
# Seconds to wait for a replica that may hang, and then for the primary: whoever waited
# for the one in vain has time left for the other (timeouts.Limit).
SHORT_SECONDS = 0.5


class Replica:
    """The middleware that decides, request by request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        # By time.monotonic(); None while it answers.
        self.away_since: float | None = None

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        public = request.method in ("GET", "HEAD") and not is_desk(request)
        token = reading.set(public and self.is_current())
        try:
            return self.get_response(request)
        finally:
            reading.reset(token)

    def is_current(self) -> bool:
        """Whether the replica answers, and holds all that is committed by now."""
        away = self.away_since
        if timeouts.is_away or away and time.monotonic() < away + RETRY_SECONDS:
            return False
        committed: int = SiteVersion.objects.using(PRIMARY).current()
        try:
            with timeouts.waiting(SHORT_SECONDS):
                there: int = SiteVersion.objects.using(REPLICA).current()
        except Error as error:
            self.found_away(error)
            return False
        self.away_since = None
        return there >= committed

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Answers from the primary when the replica dies in the middle of a page."""
        errors = (exception, exception.__context__)
        if not reading.get() or not any(isinstance(e, Error) for e in errors):
            return None
        self.found_away(exception)
        reading.set(False)
        with timeouts.waiting(SHORT_SECONDS):
            return self.get_response(request)

    def found_away(self, error: Exception) -> None:
        if not self.away_since:
            logger.warning(
                "The read replica is away (%s): pages are read from the primary.",
                type(error).__name__,
            )
        self.away_since = time.monotonic()
