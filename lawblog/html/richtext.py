"""Rich text: what the editor offers, what is kept, and the field that keeps only that.

The toolbar (EDITOR) and the allow-list (CLEANER) stand side by side so that they
agree. Whatever the editor, a paste, an importer or a crafted request brings, what
reaches the database has passed through clean().
"""

import re
from html import unescape

import nh3
from ckeditor.fields import RichTextField as EditorField
from django.templatetags.static import static
from django.utils.functional import lazy

UPLOAD_URL = "/admin/upload/?responseType=json"

EDITOR = {
    "customConfig": lazy(static, str)("lawblog/editor.js"),
    "contentsCss": [lazy(static, str)("lawblog/site.css")],
    "bodyClass": "editor prose",
    "toolbar": [
        ["Format"],
        ["Bold", "Italic", "Superscript"],
        ["NumberedList", "BulletedList", "Blockquote"],
        ["Link", "Unlink"],
        ["Image", "Table", "HorizontalRule"],
        ["PasteText", "PasteFromWord", "RemoveFormat"],
        ["Undo", "Redo"],
        ["Source", "Maximize"],
    ],
    "format_tags": "p;h2;h3;h4",
    "width": "100%",
    "height": 460,
    "fullPage": False,
    "versionCheck": False,
    # Off: whatever talks to other hosts, is old, or makes what clean() removes.
    "removePlugins": (
        "about,colorbutton,colordialog,copyformatting,bidi,div,elementspath,exportpdf,"
        "find,flash,font,forms,iframe,justify,language,newpage,pagebreak,preview,print,"
        "save,scayt,smiley,specialchar,stylescombo,templates,wsc,dialogadvtab,"
        "showborders,resize,magicline,floatingspace"
    ),
    "removeDialogTabs": "image:advanced;image:Link;link:advanced;link:target",
    "clipboard_handleImages": False,
    "uploadUrl": UPLOAD_URL,
    "filebrowserUploadUrl": UPLOAD_URL,
    "disallowedContent": "script; style; *[on*]; *{*}; *(*)",
    "extraAllowedContent": "img[!src,alt,width,height,role]; a[!href,title]; th[scope]",
    "pasteFilter": "semantic-content",
    "forcePasteAsPlainText": "allow-word",
    "disableNativeSpellChecker": False,
    "image_previewText": " ",
}

# CKEditor 4 writes scripts and styles into its own frame. This widens the policy of
# the form alone; what is typed there is cleaned before it is stored.
EDITOR_POLICY = {
    "script-src-elem": ["'self'", "'unsafe-inline'"],
    "script-src-attr": ["'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-src": ["'self'"],
}

TAGS = set(
    """
        p br h2 h3 h4 strong em b i ul ol li blockquote a img figure figcaption
        table caption thead tbody tr th td sup sub hr
    """.split()
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "role"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start", "type"},
    # Arabic or Spanish words in an English article keep their direction and voice.
    "p": {"lang", "dir"},
    "blockquote": {"lang", "dir"},
}
NUMBER = re.compile(r"\d{1,4}")
OWN_PICTURE = re.compile(r"/media/[A-Za-z0-9._/-]+")


def _attribute(tag, name, value):
    if name == "src":
        return value if OWN_PICTURE.fullmatch(value) and ".." not in value else None
    if name == "href" and value.strip().startswith(("//", "\\", "/\\")):
        return None
    if name == "role":
        return value if value == "presentation" else None
    if name in ("width", "height", "colspan", "rowspan", "start"):
        return value if NUMBER.fullmatch(value) else None
    return value


CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer",
)
# The page's own title is its only h1; nh3 would unwrap a pasted one to bare text.
_H1 = re.compile(r"<(/?)h1\b", re.IGNORECASE)
# What nh3 leaves of a picture or a link whose address was refused. A quoted
# attribute may hold ">".
_INSIDE = r'(?:[^>"]|"[^"]*")*'
_EMPTY = re.compile(
    rf'<img(?!{_INSIDE} src="){_INSIDE}>|<a(?!{_INSIDE} href="){_INSIDE}>(.*?)</a>',
    re.DOTALL,
)
# What XML forbids, and with it feeds; NUL, PostgreSQL too.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PICTURE = re.compile(rf"<img{_INSIDE}>")
_DECORATIVE = re.compile(r' alt="\s*decorativ[eao]\s*"', re.IGNORECASE)
_TAG = re.compile(rf"<{_INSIDE}>")
_BREAK = re.compile(
    r"<(?:/(?:p|h[2-4]|li|td|th|blockquote|figcaption|caption)|br|hr)\b"
)


def clean(html):
    """Reduce any HTML to the allow-list; what is clean already comes back as it was.

    Text of refused elements stays, their markup goes; script and style go whole.
    Pictures must be our own (/media/…); control characters go.
    """
    html = CLEANER.clean(_H1.sub(r"<\1h2", printable(html)))
    html = _PICTURE.sub(_mark_decorative, html)
    # nh3 has the last word: what a pattern cuts is cleaned again.
    return CLEANER.clean(_EMPTY.sub(lambda match: match[1] or "", html)).strip()


def printable(text):
    """Without control characters, such as the line break of a presentation program."""
    return _UNPRINTABLE.sub("", text)


def _mark_decorative(picture):
    """“decorative” as the description becomes the empty one and the role that tell
    screen readers to pass over; any other description takes the role away."""
    tag = picture[0]
    if _DECORATIVE.search(tag):
        tag = tag.replace(' role="presentation"', "")
        return _DECORATIVE.sub(' alt="" role="presentation"', tag, count=1)
    return tag if ' alt=""' in tag else tag.replace(' role="presentation"', "")


def to_text(html):
    """The words of cleaned HTML, one space between any two, nothing escaped."""
    return " ".join(unescape(_TAG.sub("", _BREAK.sub(r" \g<0>", html))).split())


class RichTextField(EditorField):
    """Text written in the editor, cleaned on every way into the database."""

    def pre_save(self, model_instance, add):
        value = clean(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        # QuerySet.update() and bulk_update() do not call pre_save().
        if isinstance(value, str):
            value = clean(value)
        return super().get_db_prep_save(value, connection)
