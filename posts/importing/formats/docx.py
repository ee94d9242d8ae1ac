"""Documents of Word (.docx). mammoth turns them into HTML; before it, what Word hides
is taken out, and after it, lists get back their letters and numbers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import mammoth
from lxml import etree

from lawblog.html.serializing import inner_html
from lawblog.html.tree import parse

from ..article import CannotRead, Found
from ..upload import MB, Format, Upload
from .docx_lists import Numbering, give_numbers
from .docx_text import Document
from .html import article

_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Caption'] => p:fresh
r[style-name='Emphasis'] => em
r[style-name='Strong'] => strong
"""
# A 151 KB document whose text unpacks to 120 MB held the library for six minutes.
_MAX_PARTS = 2_000
_MAX_XML = 20 * MB
_MAX_ALL = 100 * MB
_JUNK_TITLE = re.compile(
    r"microsoft word|document\d*$|untitled|plantilla|template", re.I
)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read(upload: Upload) -> Iterator[Found]:
    parts = _parts(upload.data)
    main = _main_part(parts)
    document = Document(parts, main)
    document.drop_what_is_hidden()
    numbering = Numbering(parts, main, document.root)
    parts[main] = etree.tostring(document.root, encoding="utf-8")
    pictures: dict[str, bytes] = {}
    html = _html(_zipped(parts), pictures)
    root = parse(html)
    is_numbered = give_numbers(root, numbering)
    core = _core(parts)
    title = "" if _JUNK_TITLE.search(core.get("title", "")) else core.get("title", "")
    page = f"<body>{inner_html(root)}</body>"
    found = article(page, pictures, fallback=title)
    if not is_numbered:
        found.say("The letters and numbers of lists may differ from the document’s.")
    for sentence, place in document.said:
        found.say(sentence, place)
    if found.published is None and core.get("created"):
        found.say(f"The document was made on {core['created'][:10]}.")
    yield found


def _html(data: bytes, pictures: dict[str, bytes]) -> str:
    def keep(image: mammoth.documents.Image) -> dict[str, str]:
        name = f"docx-{len(pictures) + 1}"
        with image.open() as file:
            pictures[name] = file.read()
        return {"src": name}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(keep),
            external_file_access=False,
        )
    except Exception as error:
        # The library says everything that is wrong with a document in its own ways.
        raise CannotRead(
            "The document is damaged. Open it in Word, save it, and try once more."
        ) from error
    return str(result.value)


def _parts(data: bytes) -> dict[str, bytes]:
    """The document's parts by name; raises CannotRead before anything is unpacked
    that is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            xml = sum(
                i.file_size for i in infos if i.filename.endswith((".xml", ".rels"))
            )
            if (
                len(infos) > _MAX_PARTS
                or xml > _MAX_XML
                or sum(i.file_size for i in infos) > _MAX_ALL
            ):
                raise CannotRead("The document is too large when it is unpacked.")
            parts = {}
            for info in infos:
                with archive.open(info) as file:
                    parts[info.filename] = file.read(info.file_size)
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        OSError,
        EOFError,
        ValueError,
    ):
        raise CannotRead(
            "The document is damaged or has a password. Save it again without one."
        ) from None
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and _DOCTYPE.search(part[:2000]):
            raise CannotRead(
                "The document declares a document type, which Word never does."
            )
    return parts


def _main_part(parts: dict[str, bytes]) -> str:
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


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _core(parts: dict[str, bytes]) -> dict[str, str]:
    """Title and day of making, as the document's properties have them."""
    try:
        root = etree.fromstring(parts.get("docProps/core.xml", b"<none/>"))
    except etree.XMLSyntaxError:
        return {}
    return {
        etree.QName(one).localname: (one.text or "").strip()
        for one in root
        if isinstance(one.tag, str)
    }


def is_docx(upload: Upload) -> bool:
    if not upload.data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(upload.data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return "[Content_Types].xml" in names and any(n.startswith("word/") for n in names)


FORMAT = Format("a document of Word (.docx)", is_docx, read)
