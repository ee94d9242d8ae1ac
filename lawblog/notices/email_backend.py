"""An SMTP connection that waits long for the server's last answer, and can be
aborted."""

import smtplib
import socket
from contextlib import suppress

from django.core.mail.backends import smtp

# Seconds. Once it has a mail whole, a server may look through it for minutes: whoever
# hangs up sooner and sends it again has sent it twice (RFC 5321, 4.5.3.2.6). Less than
# sending.DELIVER_SECONDS.
LAST_ANSWER_SECONDS = 180


class _Plain(smtplib.SMTP):
    def putcmd(self, cmd: str, args: str = "") -> None:
        if cmd == "data" and self.sock:
            self.sock.settimeout(LAST_ANSWER_SECONDS)
        super().putcmd(cmd, args)


class _Encrypted(_Plain, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """settings.EMAIL_BACKEND."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _Encrypted if self.use_ssl else _Plain

    def cut(self) -> None:
        """Close the connection at once: what was not accepted must not go out after
        all, beside the next attempt."""
        for line in (self.connection, getattr(self, "_partial_connection", None)):
            if line is not None and line.sock is not None:
                with suppress(OSError):
                    line.sock.shutdown(socket.SHUT_RDWR)
