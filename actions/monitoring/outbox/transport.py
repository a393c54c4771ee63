"""How a message leaves: spoken to a mail server step by step, or written to a file."""

import os
import re
import smtplib
import ssl
import tempfile
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TIMEOUT = 30
START_INPUT = 354
FORM = "smtp://user:password@host:port?tls=starttls, ssl or none"


class DeliveryError(Exception):
    """The message did not leave – or, with `maybe_sent`, nobody can tell whether it did."""

    def __init__(self, reply: str, *, permanent: bool = False, maybe_sent: bool = False) -> None:
        super().__init__(reply)
        self.reply = reply
        self.permanent = permanent
        self.maybe_sent = maybe_sent


class ConnectionLost(DeliveryError):
    """The connection broke, or never stood, before anything of the message was handed over:
    this says nothing about the message, and the next one would fare no better."""


class Transport(Protocol):
    """One recipient a message; the connection may be kept until `close`."""

    def send(self, message: EmailMessage) -> str:
        """Hand over and return the server's reply; DeliveryError when it was not taken."""

    def close(self) -> None:
        """Let go of the connection, if there is one. Never raises."""


@dataclass(frozen=True)
class SmtpAddress:
    """Where the mail server is and how to greet it."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = ""

    @classmethod
    def parse(cls, url: str) -> "SmtpAddress":
        """Read SPOOR_SMTP_URL strictly; ValueError for anything else than the known form, and for
        a password that would travel in the clear."""
        parts = urlsplit(url)
        query = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
        tls = query.pop("tls", ["starttls"])
        odd = parts.path not in ("", "/") or parts.fragment or query or len(tls) != 1
        if parts.scheme != "smtp" or not parts.hostname or odd:
            raise ValueError(FORM)
        if tls[0] not in ("starttls", "ssl", "none"):
            raise ValueError(FORM)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if bool(user) != bool(password) or (user and tls[0] == "none"):
            raise ValueError(FORM)
        port = parts.port or {"starttls": 587, "ssl": 465, "none": 25}[tls[0]]
        return cls(parts.hostname, port, tls[0], user, password)


class SmtpTransport:
    """MAIL, RCPT and DATA in turn over one kept connection, so that every failure is known to lie
    before or after the moment from which the message may have arrived (RFC 5321 §4.2.5)."""

    def __init__(self, address: SmtpAddress, *, local_name: str, timeout: float = TIMEOUT) -> None:
        self.address = address
        self.local_name = local_name
        self.timeout = timeout
        self._connection: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> str:
        sender = parseaddr(message["From"])[1]
        recipient = parseaddr(message["To"])[1]
        kept = self._connection is not None
        try:
            self._envelope(sender, recipient)
        except ConnectionLost:
            if not kept:
                raise
            # The server let go of a connection that lay idle: nothing was said, so speak anew.
            self._envelope(sender, recipient)
        return self._data(message)

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except (OSError, smtplib.SMTPException):
                connection.close()

    def _envelope(self, sender: str, recipient: str) -> None:
        """Up to and including the server's consent to DATA; any failure here is a clean no."""
        try:
            connection = self._connected()
            self._introduce(connection, sender)
            self._expect(connection.rcpt(recipient), 250, 251)
            self._expect(connection.docmd("DATA"), START_INPUT)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise ConnectionLost(_reply_of(error)) from error
        except UnicodeEncodeError as error:
            self._reset()
            raise DeliveryError("553 the address cannot be written", permanent=True) from error

    def _introduce(self, connection: smtplib.SMTP, sender: str) -> None:
        """A server that refuses our sender says nothing about the recipient: every mail waits
        until the setting is mended, none fails for it."""
        try:
            self._expect(connection.mail(sender), 250)
        except DeliveryError as error:
            raise ConnectionLost(error.reply) from error

    def _data(self, message: EmailMessage) -> str:
        """From the first byte on a broken line leaves it open whether the message arrived."""
        body = re.sub(rb"(?m)^\.", b"..", message.as_bytes(policy=SMTP))
        connection = self._connected()
        try:
            connection.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, text = connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise DeliveryError(_reply_of(error), maybe_sent=True) from error
        self._expect((code, text), 250)
        return f"{code} {_words(text)}"

    def _expect(self, answer: tuple[int, bytes], *wanted: int) -> None:
        code, text = answer
        if code in wanted:
            return
        reply = f"{code} {_words(text)}"
        # 5.7.x is the server's policy towards us (RFC 3463), as little about the recipient.
        if code in (421, -1) or text.startswith(b"5.7."):
            self._drop()
            raise ConnectionLost(reply)
        self._reset()
        raise DeliveryError(reply, permanent=500 <= code < 600)

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            where, name = self.address, self.local_name
            context = ssl.create_default_context()
            if where.tls == "ssl":
                made: smtplib.SMTP = smtplib.SMTP_SSL(
                    where.host, where.port, name, timeout=self.timeout, context=context
                )
            else:
                made = smtplib.SMTP(where.host, where.port, name, timeout=self.timeout)
            if where.tls == "starttls":
                made.ehlo()
                made.starttls(context=context)
            made.ehlo_or_helo_if_needed()
            if where.user:
                made.login(where.user, where.password)
            self._connection = made
        return self._connection

    def _reset(self) -> None:
        try:
            if self._connection is not None:
                self._connection.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class FileTransport:
    """Writes each message as a file, whole or not at all; sent again it replaces itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> str:
        name = re.sub(r"[^A-Za-z0-9-]", "", message["Message-ID"].split("@")[0]) + ".eml"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=self.folder, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(message.as_bytes(policy=SMTP))
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(self.folder / name)
        except OSError as error:
            raise DeliveryError(f"450 {error.strerror}") from error
        return f"250 {name}"

    def close(self) -> None:
        """Files are not kept open."""


def from_settings() -> Transport:
    """The transport that this environment uses; ImproperlyConfigured says what is allowed."""
    if settings.SPOOR_MAIL_TRANSPORT == "file":
        return FileTransport(Path(settings.DATA_DIR) / "mail")
    try:
        address = SmtpAddress.parse(getattr(settings, "SPOOR_SMTP_URL", ""))
    except ValueError as error:
        raise ImproperlyConfigured(f"SPOOR_SMTP_URL must have the form {FORM}.") from error
    local_name = urlsplit(settings.SPOOR_BASE_URL).hostname or "localhost"
    return SmtpTransport(address, local_name=local_name)


def _reply_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _words(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
