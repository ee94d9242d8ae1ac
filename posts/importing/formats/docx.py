"""Documents of Word (.docx). mammoth turns them into HTML; before it, what Word hides
is taken out, and after it, lists get back their letters and numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lawblog.html.serializing import inner_html
from lawblog.html.tree import parse

from ..article import CannotRead, Found
from ..upload import Format, Upload
from .docx_list_items import give_numbers
from .docx_lists import Numbering
from .docx_package import main_part, pack, properties, unpack
from .docx_page import Pictures, put_captions, title_of
from .docx_text import Document
from .html import articles

_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Caption'] => p.caption:fresh
r[style-name='Emphasis'] => em
r[style-name='Strong'] => strong
"""


def read(upload: Upload) -> Iterator[Found]:
    parts = unpack(upload.data)
    main = main_part(parts)
    document = Document(parts, main)
    document.drop_what_is_hidden()
    numbering = Numbering(parts, main, document.root)
    pictures = Pictures()
    root = parse(_html(pack(document.written()), pictures))
    document.said += pictures.drop_odd_ones(root)
    is_numbered = give_numbers(root, numbering)
    put_captions(root)
    core = properties(parts)
    page = f"<body>{inner_html(root)}</body>"
    first, *others = articles(
        page, pictures.found, title=title_of(root, core.get("title", ""))
    )
    _say(first, document, numbering, is_numbered)
    if first.published is None and core.get("created"):
        first.say(f"The document was made on {core['created'][:10]}.")
    yield from (first, *others)


def _say(
    found: Found, document: Document, numbering: Numbering, is_numbered: bool
) -> None:
    if not is_numbered:
        found.say("The letters and numbers of lists may differ from the document’s.")
    if numbering.compound:
        found.say(
            "Numbers like this one are counted within their list here. Does the text "
            "refer to them?",
            numbering.compound,
        )
    for sentence, place in document.said:
        found.say(sentence, place)


def _html(data: bytes, pictures: Pictures) -> str:
    # It takes 3 MiB, which a worker need not hold until somebody brings such a file in.
    import mammoth

    def keep(image: mammoth.documents.Image) -> dict[str, str]:
        with image.open() as file:
            return {"src": pictures.keep(file.read())}

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
        # Cut off; its beginning tells.
        return b"[Content_Types].xml" in upload.data and b"word/" in upload.data
    return "[Content_Types].xml" in names and any(n.startswith("word/") for n in names)


FORMAT = Format("a document of Word (.docx)", is_docx, read)
