"""Rich text: what the editor offers, what is stored, and the field that stores only
that.

The toolbar (EDITOR) and the allow-list (html/allowed.py) agree. Whatever the editor,
a paste, an importer or a crafted request brings, what reaches the database has passed
through clean().
"""

import re
from html import unescape
from typing import Any

from ckeditor.fields import RichTextField as EditorField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model
from django.templatetags.static import static
from django.utils.functional import lazy

from .allowed import ATTRIBUTES, TAG, TAGS
from .cleaning import clean

UPLOAD_URL = "/admin/upload/?responseType=json"


def _of(attributes: set[str]) -> str:
    """Attributes as the editor's filter has them: “[href,title]”."""
    return f"[{','.join(sorted(attributes))}]" if attributes else ""


# {CKEditor plugin of our own: its file}
OWN_PLUGINS = {
    "blocks": "editor_blocks.js",
    "deadline": "editor_blocks.js",
    "owndialogs": "editor_dialogs.js",
    "passagenote": "editor_passage_notes.js",
}

EDITOR = {
    "customConfig": lazy(static, str)("lawblog/editor.js"),
    # What readers see, in the colours of the desk (followTheme() in editor.js).
    "contentsCss": [
        lazy(static, str)("lawblog/site.css"),
        lazy(static, str)("lawblog/admin.css"),
    ],
    "bodyClass": "editor prose",
    "toolbar": [
        ["Format"],
        ["Bold", "Italic", "Superscript"],
        ["NumberedList", "BulletedList", "Blockquote"],
        ["Link", "Unlink", "Deadline"],
        ["Image", "Table", "HorizontalRule"],
        ["Callout", "Fold", "Caption", "LinkButton"],
        ["PassageNote"],
        ["PasteText", "RemoveFormat"],
        ["Undo", "Redo"],
        ["Source", "Maximize"],
    ],
    "format_tags": "p;h2;h3;h4",
    "width": "100%",
    "height": 460,
    "fullPage": False,
    "versionCheck": False,
    "extraPlugins": ",".join(OWN_PLUGINS),
    "external_plugin_resources": [
        (name, lazy(static, str)(f"lawblog/{file}"), "")
        for name, file in OWN_PLUGINS.items()
    ],
    # The style menu is off, and so need not be fetched.
    "stylesSet": False,
    # Off: whatever talks to other hosts, is old, or makes what clean() removes.
    "removePlugins": (
        "about,colorbutton,colordialog,copyformatting,bidi,div,elementspath,exportpdf,"
        "find,flash,font,forms,iframe,justify,language,newpage,pagebreak,preview,print,"
        "save,scayt,smiley,specialchar,stylescombo,templates,wsc,dialogadvtab,"
        "showborders,resize,magicline,floatingspace,"
        # What is pasted is cleaned by the server (editor.js).
        "pastefromword,pastefromgdocs,pastefromlibreoffice,pastetools"
    ),
    "removeDialogTabs": (
        "image:advanced;image:Link;link:advanced;link:target;link:upload;table:advanced"
    ),
    "clipboard_handleImages": False,
    "uploadUrl": UPLOAD_URL,
    "filebrowserUploadUrl": UPLOAD_URL,
    "disallowedContent": "script; style; *[on*]; *{*}",
    # All of the allow-list: what is opened here is not to lose what was saved.
    "extraAllowedContent": "; ".join(
        [f"{tag}{_of(ATTRIBUTES.get(tag, set()) - {'class'})}" for tag in sorted(TAGS)]
        + ["a(button)", "div(callout,fold)", "p(fold-title)"]
    ),
    "pasteFilter": None,
    "forcePasteAsPlainText": False,
    "disableNativeSpellChecker": False,
    "image_previewText": " ",
}

_BREAK = re.compile(
    r"</?(?:p|h[2-4]|ul|ol|li|td|th|blockquote|figure|figcaption|table|caption"
    r"|div|details|summary)\b"
    r"|<[bh]r\b"
)


def to_text(html: str) -> str:
    """The words of cleaned HTML, one space between any two, nothing escaped."""
    return " ".join(unescape(TAG.sub("", _BREAK.sub(r" \g<0>", html))).split())


class _Clean(str):
    """What pre_save() made; cleaning half a megabyte twice takes a quarter of a second.
    Any change of it is a plain text again."""


class RichTextField(EditorField):
    """Text written in the editor, cleaned on every way into the database."""

    def pre_save(self, model_instance: Model, add: bool) -> str:
        value = clean(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return _Clean(value)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        # QuerySet.update() and bulk_update() do not call pre_save().
        if isinstance(value, _Clean):
            value = str(value)
        elif isinstance(value, str):
            value = clean(value)
        return super().get_db_prep_save(value, connection)
