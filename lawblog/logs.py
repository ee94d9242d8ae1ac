"""What must not reach a log."""

import logging
import re

_TOKEN = re.compile(r"(/preview/)[^/\s]+")


class Line(logging.Formatter):
    """Writes a record without the token of a preview link, tracebacks included."""

    def format(self, record):
        return _TOKEN.sub(r"\1…", super().format(record))
