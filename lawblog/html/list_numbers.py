"""Numbers as lists write them: letters, Roman numerals. Pure."""

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "m cm d cd c xc l xl x ix v iv i".split(),
        strict=True,
    )
)
_MOST = 3_999


def in_letters(number: int, kind: str) -> str:
    """A number as a list of this type writes it.

    >>> [in_letters(4, kind) for kind in "1aAiI"]
    ['4', 'd', 'D', 'iv', 'IV']
    >>> in_letters(28, "a")
    'bb'
    """
    if kind in ("", "1") or not 0 < number <= _MOST:
        return str(number)
    if kind in "aA":
        # Word goes on after “z” with “aa”, “bb”.
        times, letter = divmod(number - 1, 26)
        words = chr(97 + letter) * (times + 1)
    else:
        words = ""
        for value, sign in _ROMAN:
            words += sign * (number // value)
            number %= value
    return words.upper() if kind.isupper() else words
