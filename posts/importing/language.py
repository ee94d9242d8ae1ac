"""Which language of this site an article is in, and any doubt about it. Pure.

Its words tell English and Spanish apart; of any other language of the site the file
has to tell.
"""

from django.conf import settings

from .english_or_spanish import guess, is_neither

NAMES = {"en": "English", "es": "Spanish"}
NEITHER = "The text seems to be neither English nor Spanish."


def language_of(declared: str, text: str) -> tuple[str, str]:
    """(code, a sentence that says the doubt or ""). declared: as the file has it."""
    ours, first = dict(settings.LANGUAGES), settings.LANGUAGE_CODE
    declared = declared.replace("_", "-").partition("-")[0].strip().lower()
    declared = declared if declared in ours else ""
    if declared and declared not in NAMES:
        return declared, ""
    read = guess(text)
    if read in ours:
        return read, _against(declared, read)
    if read:
        return declared or first, f"The text seems to be {NAMES[read]}."
    if is_neither(text):
        return declared or first, NEITHER
    if declared:
        return declared, ""
    name = NAMES.get(first, ours[first])
    return first, f"The text is too short to tell its language. Is it {name}?"


def _against(declared: str, read: str) -> str:
    if declared in ("", read):
        return ""
    return (
        f"The file says that it is in {NAMES[declared]}; its words are {NAMES[read]}."
    )
