"""Keeps secrets out of the log."""

import logging
import re

_TOKEN = re.compile(r"(/(?:preview|admin/account/link)/)[^/\s]+")


class Line(logging.Formatter):
    """Writes a record without the secret of a preview or password link, also in
    tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub(r"\1…", super().format(record))
