"""Tells people of changes to their account that a thief would make."""

from collections.abc import Callable

from django.contrib.auth.models import User

ADDRESS, PASSWORD, FACTOR = "address", "password", "second factor"
SENTENCES = {
    ADDRESS: "From now on, mail from the desk goes to another address than this one.",
    PASSWORD: "Your password for the desk was changed.",
    FACTOR: "A passkey or an authenticator app of your account was set up or removed.",
}

# (whose, which of SENTENCES, the address that it goes to or "": the person's own)
Tell = Callable[[User, str, str], None]
_tell: list[Tell] = []


def register_teller(tell: Tell) -> None:
    """tell() is called within the transaction of the change."""
    _tell[:] = [tell]


def tell(user: User, what: str, address: str = "") -> None:
    for function in _tell:
        function(user, what, address)
