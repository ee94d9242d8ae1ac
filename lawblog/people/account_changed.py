"""Tells people of changes to their account that a thief would make."""

from django.contrib.auth.models import User

from lawblog.notices.outbox import notify

ACCOUNT = "account changed"
ADDRESS, PASSWORD, FACTOR = "address", "password", "second factor"
SENTENCES = {
    ADDRESS: "From now on, mail from the desk goes to another address than this one.",
    PASSWORD: "Your password for the desk was changed.",
    FACTOR: "A passkey or an authenticator app of your account was set up or removed.",
}


def tell(user: User, what: str, address: str = "") -> None:
    """Within the transaction of the change. what: one of SENTENCES. address: where it
    goes; "": to the person's own."""
    notify(ACCOUNT, about=what, to=[user], address=address)
