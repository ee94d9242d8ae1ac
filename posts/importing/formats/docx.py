"""Documents of Word (.docx). mammoth turns them into HTML; before it, what Word hides
is taken out, and after it, lists get back their letters and numbers."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from lawblog.html.serializing import inner_html
from lawblog.html.tree import parse

from ..article import CannotRead, Found
from ..upload import Format, Upload
from .docx_lists import Numbering, give_numbers
from .docx_package import main_part, pack, properties, unpack
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
_JUNK_TITLE = re.compile(
    r"microsoft word|document\d*$|untitled|plantilla|template", re.I
)


def read(upload: Upload) -> Iterator[Found]:
    parts = unpack(upload.data)
    main = main_part(parts)
    document = Document(parts, main)
    document.drop_what_is_hidden()
    numbering = Numbering(parts, main, document.root)
    parts[main] = etree.tostring(document.root, encoding="utf-8")
    pictures: dict[str, bytes] = {}
    html = _html(pack(parts), pictures)
    root = parse(html)
    is_numbered = give_numbers(root, numbering)
    core = properties(parts)
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
    # It takes 3 MiB, which a worker need not hold until somebody brings such a file in.
    import mammoth

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
