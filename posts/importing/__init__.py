"""Articles from files: one pure parser per format, and read(), which picks it."""

from . import wix_page
from .article import Article, CannotRead

__all__ = ["Article", "CannotRead", "read"]

MAX_BYTES = 5 * 1024 * 1024
# Old Windows programs save in cp1252. Almost any bytes pass for it, so it is
# believed only when it yields nothing but what English and Spanish are written with.
CP1252_SIGNS = set("‘’“”–—•…\xa0§©®™°¢£€½¼¾ÁÉÍÓÚÜÑáéíóúüñ¿¡«»")


def read(path):
    """The articles in a file, as list[Article]; raises CannotRead, naming the file.

    Reads a Wix page saved as text, 5 MB at most. Never touches database or network.
    """
    text = _decode(path, _load(path))
    if not text.strip():
        raise CannotRead(f"{path} is empty. Save the page again.")
    if text.lstrip().startswith("<"):
        raise CannotRead(
            f"{path} is HTML or XML. Save the page as text (.txt) instead."
        )
    try:
        return [wix_page.parse(text)]
    except CannotRead as error:
        raise CannotRead(f"{path}: {error}") from None


def _load(path):
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise CannotRead(f"There is no file {path}. Check the name.") from None
    except IsADirectoryError:
        raise CannotRead(f"{path} is a folder. Name the files in it.") from None
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise CannotRead(f"{path} is larger than 5 MB. Save only the article's page.")
    return data


def _decode(path, data):
    if b"\0" in data:
        raise CannotRead(f"{path} is not plain text. Save the page as UTF-8 text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if all(sign.isascii() or sign in CP1252_SIGNS for sign in text):
        return text
    raise CannotRead(f"{path} is not UTF-8 text. Save the page as UTF-8 text.")
