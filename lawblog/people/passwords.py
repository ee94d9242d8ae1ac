"""Password validators: refuse short passwords, and those that guessers try first. No
rule asks for capitals or symbols, which make passwords worse."""

import re
from collections.abc import Callable, Iterable
from math import prod
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

MIN_PASSWORD_LENGTH = 12
# zxcvbn reads no more, and whatever follows makes a password no weaker.
MAX_SCORED_LENGTH = 72
# Of 4: 10 to the 10th guesses and more. Three and a name with a year would do for 3.
MIN_SCORE = 4
WEAK = (
    "This password is one of those that are tried first: it is common, or made of "
    "words, names or dates that go together. Take four or five words that do not."
)


# What everybody knows of a law firm's site; whole sentences that everybody knows.
KNOWN = (
    """
lawblog law lawyer lawyers lawoffice lawfirm firm attorney attorneys immigration visa
green card asylum citizenship abogado abogada abogados inmigracion
""".split()
    + [
        "correct horse battery staple",
        "to be or not to be",
        "the quick brown fox jumps over the lazy dog",
        "may the force be with you",
        "we the people of the united states",
        "in god we trust",
        "jesus is my savior",
        "lorem ipsum dolor sit amet",
    ]
)
# Signs that stand for a letter: zxcvbn tries every way in which a password could have
# meant them, which takes it seconds where there are many.
SIGNS = ("4@", "({[<", "69", "1!|", "1|7", "$5", "+7")
ALIKE = str.maketrans("@{[<!|$+", "4(((1157")
MAX_SPELLINGS = 8

Words = Callable[[], Iterable[str]]
_guessed: list[Words] = []


def register_guessable_words(words: Words) -> None:
    """Registers what a password here would be made of, like the firm's name."""
    _guessed.append(words)


def known_words(user: User | None) -> list[str]:
    """Names, addresses and numbers that whoever guesses at this person's password
    knows: each whole, its words, and without what stands between them."""
    texts = [user.username, user.get_full_name(), user.email] if user else []
    texts += [urlsplit(settings.SITE_URL).hostname or ""]
    texts += [text for words in _guessed for text in words()]
    parts = [
        part
        for text in [*texts, *KNOWN]
        for part in (text, *re.split(r"[\W_]+", text), re.sub(r"[\W_]+", "", text))
    ]
    return [*dict.fromkeys(filter(None, parts))]


def score(password: str, known: list[str]) -> int:
    """Of 4."""
    # It takes 12 MiB, which a worker need not hold until a password is chosen.
    from zxcvbn import zxcvbn

    ways = prod(max(1, sum(sign in password for sign in signs)) for signs in SIGNS)
    plain = password.translate(ALIKE) if ways > MAX_SPELLINGS else password
    found: int = zxcvbn(plain[:MAX_SCORED_LENGTH], user_inputs=known)["score"]
    return found


class Unguessable:
    """Asks zxcvbn, which carries 30,000 common passwords and 64,000 words and names
    with it; nothing is sent anywhere."""

    def validate(self, password: str, user: User | None = None) -> None:
        known = known_words(user)
        # Spaces and signs between a name and a year make it no harder to guess.
        bare = re.sub(r"[\W_]+", "", password) or password
        if min(score(password, known), score(bare, known)) < MIN_SCORE:
            raise ValidationError(WEAK, code="password_too_common")

    def get_help_text(self) -> str:
        return (
            f"At least {MIN_PASSWORD_LENGTH} characters, of any kind. Four or five "
            "words that do not go together are easy to remember and hard to guess."
        )


class LongEnough:
    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < MIN_PASSWORD_LENGTH:
            raise ValidationError(
                f"This password has {len(password)} characters. It needs at least "
                f"{MIN_PASSWORD_LENGTH}.",
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return ""
