"""Tables of the sign-in: attempts, links for a password, and who is signed in."""

from importlib import import_module

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Attempts(models.Model):
    """How often something was guessed at lately (rate_limit.py). `key` is a hash: no
    name, no address. `since` and `open_at` are seconds since 1970."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.IntegerField(default=0)
    since = models.BigIntegerField(db_index=True)
    open_at = models.BigIntegerField(default=0)

    class Meta:
        db_table = "lawblog_attempts"

    def __str__(self) -> str:
        return f"{self.count} attempts"


class PasswordLink(models.Model):
    """A link on which somebody chooses a password, once. Of its secret only the SHA-256
    is kept: whoever reads the table cannot open it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "lawblog_password_link"

    def __str__(self) -> str:
        return f"link for {self.user}"


class DeskSession(AbstractBaseSession):
    """A browser at the desk. No address and no agent is kept of it: what tells one from
    another is since when it is signed in."""

    # Not a foreign key: signing in must not wait for a row of accounts.
    account_id = models.IntegerField(null=True, db_index=True)
    signed_in_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "lawblog_session"

    @classmethod
    def get_session_store_class(cls) -> type:
        store: type = import_module(settings.SESSION_ENGINE).SessionStore
        return store
