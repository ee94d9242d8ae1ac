"""Keeps secrets, and what strangers make up, out of the log."""

import logging
import re

# TooManyFieldsSent and the like: Django logs a traceback as often as somebody asks.
REFUSED = "django.security."
_TOKEN = re.compile(r"(/(?:preview|admin/account/link)/)[^/\s]+")


class Line(logging.Formatter):
    """Writes a record without the secret of a preview or password link, also in
    tracebacks; of a request that Django refuses, only which kind it is."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name.startswith(REFUSED):
            return f"{record.levelname} {record.name}: a request was refused."
        return _TOKEN.sub(r"\1…", super().format(record))
