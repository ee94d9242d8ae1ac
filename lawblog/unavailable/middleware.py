"""While the database is away, requests that would need it get a 503 at once; database
errors in any request are answered in plain words."""

import logging
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from lawblog.database import timeouts
from lawblog.middleware import is_desk
from lawblog.pagecache.outage import DatabaseAway
from lawblog.pagecache.snapshot import snapshots

from .answers import answer
from .trouble import Trouble, trouble_of

logger = logging.getLogger(__name__)


class ForReaders:
    """At once, outside of all that would ask the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Whoever finds it out here has waited for it once. (A test is within a
        # transaction, which sees what others do not see yet.)
        if not connection.in_atomic_block:
            with suppress(DatabaseAway):
                snapshots.current()
        if snapshots.outage.since is not None and needs_database(request):
            return answer(request, Trouble.AWAY)
        with timeouts.waiting(
            timeouts.DESK_SECONDS if is_desk(request) else timeouts.READER_SECONDS
        ):
            return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return None if is_desk(request) else answer_if_trouble(request, exception)


class ForTheDesk(ForReaders):
    """A form that was sent there is answered with what it held, after it was checked
    that it is a form of ours."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        away = snapshots.outage.since is not None and is_desk(request)
        return answer(request, Trouble.AWAY) if away else None

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        return answer_if_trouble(request, exception) if is_desk(request) else None


def needs_database(request: HttpRequest) -> bool:
    """Not the health checks, which tell of it; not pictures, as far as it is known
    which of them are shown; and a form of the desk is read first."""
    if is_desk(request):
        return request.method != "POST"
    checks = (reverse("healthz"), reverse("readyz"))
    return request.path not in checks and not request.path.startswith(
        settings.MEDIA_URL
    )


def answer_if_trouble(
    request: HttpRequest, exception: Exception
) -> HttpResponse | None:
    trouble = trouble_of(exception)
    if trouble is None:
        return None
    if isinstance(exception.__cause__, timeouts.NotAnswered):
        snapshots.outage.suspect()
    elif trouble is Trouble.AWAY:
        snapshots.outage.begin(exception)
    else:
        # Not the message, which may repeat what was typed.
        *_, last = traceback.extract_tb(exception.__traceback__)
        where = f"{last.name}:{last.lineno}"
        logger.error(
            "A request was not answered: %s (%s)",
            trouble.value,
            where,
            # A row that never was there is a mistake of ours, and repeats nothing.
            exc_info=isinstance(exception, ObjectDoesNotExist),
        )
    return answer(request, trouble)
