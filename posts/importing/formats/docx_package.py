"""The zip file of a Word document: unpacked safely, and packed again."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from ..article import CannotRead
from ..upload import MB

# A 151 KB document whose text unpacks to 120 MB held the library for six minutes.
_MAX_PARTS = 2_000
_MAX_XML_BYTES = 20 * MB
_MAX_UNPACKED_BYTES = 100 * MB
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Drawings and pages that lie within it have a document type.
_NOT_OF_WORD = (".svg", ".htm", ".html", ".xhtml")
TOO_LARGE = "The document is too large when it is unpacked."
_BROKEN = (
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
    OSError,
    EOFError,
    ValueError,
)
Parts = dict[str, bytes]


def unpack(data: bytes) -> Parts:
    """The document's parts by name; raises CannotRead before anything is unpacked
    that is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _refuse_if_too_large(infos)
            parts = {}
            for info in infos:
                with archive.open(info) as file:
                    parts[info.filename] = file.read(info.file_size)
    except _BROKEN:
        raise CannotRead(
            "The document is damaged or has a password. Save it again without one."
        ) from None
    _refuse_odd_xml(parts)
    return parts


def _refuse_odd_xml(parts: Parts) -> None:
    """By what the parts hold: the text may lie in one of any name, and in UTF-16."""
    xml = {name: part for name, part in parts.items() if _begins_as_xml(part)}
    if sum(map(len, xml.values())) > _MAX_XML_BYTES:
        raise CannotRead(TOO_LARGE)
    for name, part in xml.items():
        if not name.endswith(_NOT_OF_WORD) and _DOCTYPE.search(
            part.replace(b"\0", b"")
        ):
            raise CannotRead(
                "The document declares a document type, which Word never does."
            )


def _refuse_if_too_large(infos: list[zipfile.ZipInfo]) -> None:
    xml = sum(info.file_size for info in infos if _is_xml(info.filename))
    everything = sum(info.file_size for info in infos)
    if (
        len(infos) > _MAX_PARTS
        or xml > _MAX_XML_BYTES
        or everything > _MAX_UNPACKED_BYTES
    ):
        raise CannotRead(TOO_LARGE)


def _begins_as_xml(part: bytes) -> bool:
    return part[:100].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def main_part(parts: Parts) -> str:
    """Mostly word/document.xml; the package's relations say so."""
    relations = parts.get("_rels/.rels", b"")
    for tag in re.findall(rb"<Relationship\b[^>]*>", relations):
        is_main = re.search(rb'Type="[^"]*/officeDocument"', tag)
        if is_main and (target := re.search(rb'Target="([^"]+)"', tag)):
            name = target[1].decode("utf-8", "replace").lstrip("/")
            if name in parts:
                return name
    if "word/document.xml" in parts:
        return "word/document.xml"
    raise CannotRead("The document holds no text.")


def xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise CannotRead(
            "The document is damaged. Open it in Word, and save it again."
        ) from None


def pack(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def properties(parts: Parts) -> dict[str, str]:
    """Title, day of making and the like, by their names in docProps/core.xml."""
    try:
        root = xml(parts.get("docProps/core.xml", b"<none/>"))
    except CannotRead:
        return {}
    return {
        etree.QName(one).localname: (one.text or "").strip()
        for one in root
        if isinstance(one.tag, str)
    }
