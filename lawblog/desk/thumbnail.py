"""The present picture, small, beside the field that changes it."""

from django.utils.html import format_html


def thumbnail(address: str, words: str, width: int) -> str:
    """HTML, or a sentence if there is none. width: in pixels."""
    if not address:
        return "There is none."
    return format_html('<img src="{}" alt="{}" width="{}">', address, words, width)
