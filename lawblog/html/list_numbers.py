"""List markers as numbers and back: letters, Roman numerals, lists that count down.
Pure."""

from .element import Element

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

_PARTS = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_MAX_ROMAN = 3_999


def in_letters(number: int, kind: str) -> str:
    """A number as a list of this type writes it.

    >>> [in_letters(4, kind) for kind in "1aAiI"]
    ['4', 'd', 'D', 'iv', 'IV']
    >>> in_letters(28, "a")
    'bb'
    """
    if kind in ("", "1") or not 0 < number <= _MAX_ROMAN:
        return str(number)
    if kind in "aA":
        # Word goes on after “z” with “aa”, “bb”.
        times, letter = divmod(number - 1, 26)
        words = chr(97 + letter) * (times + 1)
    else:
        words = ""
        for value, sign in _PARTS:
            words += sign * (number // value)
            number %= value
    return words.upper() if kind.isupper() else words


def from_roman(word: str) -> int:
    values = [ROMAN.get(letter, 0) for letter in word]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-one if one < after else one for one, after in pairs)


def count_down(element: Element) -> None:
    """Give each item of a list that counts down its number as an attribute."""
    items = [c for c in element.children if isinstance(c, Element) and c.name == "li"]
    start = element.get("start")
    number = int(start) if start.isdecimal() and len(start) < 5 else len(items)
    for item in items:
        own = item.get("value")
        number = int(own) if own.isdecimal() and len(own) < 5 else number
        item.attributes = {**item.attributes, "value": str(max(number, 0))}
        number -= 1
