"""Form fields and rules for people's full names and e-mail addresses."""

import re
import unicodedata

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Q

MAX_NAME_LENGTH = 150  # of an address, too, which is a user name
TOO_LONG = f"This is too long: at most {MAX_NAME_LENGTH} characters."
# Parts of Persian and Indian words.
JOIN = "\u200c\u200d"
# Letters and marks for Unicode, and nothing for the eye.
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
# Which of several forms a letter takes: one more form of the same name.
FORM = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Signs that turn the direction of what follows, on any page that prints the name.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")

# Cyrillic and Greek letters, drawn as these Latin ones are.
DRAWN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁһӏԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυ",
    "ABESIJKMHOPCTYXaesijopcyxdhlqwvABEZHIKMNOPTYXaikvopu",
)
# Of addresses: without letters that look like others, and without quotation marks.
PLAIN = re.compile("[!#-~]+")
STROKES = str.maketrans("i1|0", "lllo")


def clean_name(text: str) -> str:
    """A full name on one line, single spaces. ValidationError with what to do."""
    if TURNING.search(text):
        raise ValidationError(
            "This name holds an invisible sign that turns the direction of writing. "
            "Type it again instead of pasting it."
        )
    if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in text):
        raise ValidationError("A name is one line, without tabs or other such signs.")
    unseen = (letter for letter in text if unicodedata.category(letter) == "Cf")
    if BLANK.search(text) or any(letter not in JOIN for letter in unseen):
        raise ValidationError(
            "This name holds an invisible sign. Type it again instead of pasting it."
        )
    if not any(letter.isalpha() for letter in text):
        raise ValidationError("A name has letters: give first and last name.")
    return " ".join(text.split())


def look_alike(one: str, other: str) -> bool:
    """Whether nobody could tell two names apart on the record."""
    return _plain(one) == _plain(other) or _drawn(one) == _drawn(other)


def _plain(name: str) -> str:
    plain = FORM.sub("", unicodedata.normalize("NFKC", name)).casefold()
    return "".join(letter for letter in plain if letter not in JOIN)


def _drawn(name: str) -> str:
    """A name as the eye takes it: of other alphabets, and of a capital i, too."""
    return _plain(name.translate(DRAWN)).translate(STROKES)


def user_named_like(name: str, except_for: User | None = None) -> User | None:
    """Another person of this full name, also one whose account is closed: the record
    goes on naming them."""
    same = (
        user
        for user in User.objects.order_by("-is_active")
        if user != except_for and look_alike(user.get_full_name(), name)
    )
    return next(same, None)


def set_name(user: User, name: str) -> None:
    """Django keeps two parts, and get_full_name() joins them again."""
    user.first_name, _, user.last_name = name.rpartition(" ")
    if not user.first_name:
        user.first_name, user.last_name = name, ""


def user_with_address(email: str, except_for: User | None = None) -> User | None:
    """Whoever already signs in with this address."""
    same = Q(email__iexact=email) | Q(username__iexact=email)
    found = User.objects.filter(same)
    return (found.exclude(pk=except_for.pk) if except_for else found).first()


class NameField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label="Full name",
            max_length=MAX_NAME_LENGTH,
            strip=True,
            help_text="As the record names them: first and last name.",
            widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
        )
        self.error_messages["max_length"] = TOO_LONG
        self.error_messages["required"] = "The record says who did what: give the name."

    def clean(self, value: str | None) -> str:
        return clean_name(super().clean(value))


class AddressField(forms.EmailField):
    def __init__(self, *, required: bool = True) -> None:
        super().__init__(
            label="E-mail address",
            max_length=MAX_NAME_LENGTH,
            required=required,
            help_text="To sign in with, and for notices.",
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        )
        self.error_messages["max_length"] = TOO_LONG
        self.error_messages["invalid"] = "Write an address like name@example.com."

    def clean(self, value: str | None) -> str:
        address = str(super().clean(value)).lower()
        if address and not PLAIN.fullmatch(address):
            raise ValidationError(
                "An address is written with plain letters and digits. Type it again "
                "instead of pasting it."
            )
        return address
