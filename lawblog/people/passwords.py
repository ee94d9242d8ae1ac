"""Which passwords are refused: short ones, and those that guessers try first. No rule
asks for capitals or signs: they make passwords worse."""

import re

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

SHORTEST = 12
# zxcvbn reads no more, and whatever follows makes a password no weaker.
READ = 72
# Of 4: 10 to the 10th guesses and more. Three and a name with a year would do for 3.
ENOUGH = 4
WEAK = (
    "This password is one of those that are tried first: it is common, or made of "
    "words, names or dates that go together. Take four or five words that do not."
)


class Unguessable:
    """Asks zxcvbn, which carries 30,000 common passwords and 64,000 words and names
    with it; nothing is sent anywhere."""

    def validate(self, password: str, user: User | None = None) -> None:
        # It takes 12 MiB, which a worker need not hold until a password is chosen.
        from zxcvbn import zxcvbn

        own = [user.username, user.get_full_name(), user.email] if user else []
        parts = [part for text in own for part in (text, *re.split("[@ ]", text))]
        known = [*filter(None, parts), "lawblog"]
        # Spaces and signs between a name and a year make it no harder to guess.
        bare = re.sub(r"[\W_]+", "", password) or password
        found = [zxcvbn(way[:READ], user_inputs=known) for way in (password, bare)]
        if min(one["score"] for one in found) < ENOUGH:
            raise ValidationError(WEAK, code="password_too_common")

    def get_help_text(self) -> str:
        return (
            f"At least {SHORTEST} characters, of any kind. Four or five words that do "
            "not go together are easy to remember and hard to guess."
        )


class LongEnough:
    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(
                f"This password has {len(password)} characters. It needs at least "
                f"{SHORTEST}.",
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return ""
