"""Marks translated texts with their language where it is not the page's."""

from django.utils.html import format_html

from .page_language import current_language, direction
from .translated import Translated


def language_of_text(row: Translated, name: str) -> str:
    """The attributes of an element that holds a translated text; none where the text
    is in the page's language."""
    return _foreign(row.localized(name)[1])


def localized(row: Translated, name: str) -> str:
    """A translated text (lawblog/site/translated.py), marked up with its language where
    that is not the page's."""
    text, code = row.localized(name)
    if code == current_language():
        return text
    return format_html("<span{}>{}</span>", _foreign(code), text)


def _foreign(code: str) -> str:
    """What an element says whose text is in another language than its page, with the
    direction where that is another one too."""
    here = current_language()
    if code == here:
        return ""
    if direction(code) == direction(here):
        return format_html(' lang="{}"', code)
    return format_html(' lang="{}" dir="{}"', code, direction(code))
