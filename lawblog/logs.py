"""What must not reach a log."""

import logging
import re

_TOKEN = re.compile(r"(/preview/)[^/\s]+")


class Line(logging.Formatter):
    """Writes a record without the token of a preview link, also in tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub(r"\1…", super().format(record))
