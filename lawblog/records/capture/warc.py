"""A capture as WARC, which archives of the web and their tools read."""

import io
import json
from collections.abc import Callable
from http.client import responses
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from . import store
from .manifest import Manifest, Seen

# Of the payload as it is kept here.
SHA256 = "WARC-X-Payload-SHA256"


class _Out:
    """The little of a file that warcio asks for."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self.write = write

    def flush(self) -> None:
        pass


def write(found: Manifest, write_some: Callable[[bytes], object]) -> None:
    """One record for each address; ValueError names a payload that is spoilt."""
    writer = WARCWriter(_Out(write_some), gzip=True)
    about = {"software": "lawblog", "format": "WARC File Format 1.1"}
    about |= {"isPartOf": found.name, "description": json.dumps(found.about)}
    writer.write_record(writer.create_warcinfo_record(f"{found.name}.warc.gz", about))
    for seen in found.seen.values():
        record = _record(writer, seen)
        writer.write_record(record)
        # warcio's own temporary file.
        record.raw_stream.close()


def _record(writer: WARCWriter, seen: Seen) -> Any:
    phrase = responses.get(seen["status"], "")
    http = StatusAndHeaders(
        f"{seen['status']} {phrase}", list(map(tuple, seen["headers"])), "HTTP/1.1"
    )
    headers = {"WARC-Date": seen["at"], SHA256: f"sha256:{seen['sha256']}"}
    return writer.create_warc_record(
        seen["url"],
        "response",
        payload=io.BytesIO(store.payload(seen["sha256"])),
        http_headers=http,
        warc_headers_dict=headers,
    )
