"""The mail server is spoken to step by step, so that every failure is known for what it is."""

import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from actions.monitoring.outbox.transport import (
    ConnectionLost,
    DeliveryError,
    FileTransport,
    SmtpAddress,
    SmtpTransport,
    from_settings,
)

GOOD = {"MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 queued as 42"}


class Sink(socketserver.ThreadingTCPServer):
    """A mail server of a few lines; `script` says what it replies, '' hangs up."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.script = dict(GOOD)
        self.once: dict[str, str] = {}
        self.bodies: list[bytes] = []
        self.greetings = 0
        self.said: list[str] = []

    def reply(self, word: str) -> str:
        return self.once.pop(word, self.script.get(word, "250 ok"))


class Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self.server.greetings += 1
        self.say(self.server.reply("HELLO") if "HELLO" in self.server.script else "220 sink")
        while line := self.rfile.readline():
            word = line.split()[0].decode().upper() if line.split() else ""
            self.server.said.append(word)
            if not self.say(self.server.reply(word)) or word == "QUIT":
                return
            if word == "DATA" and self.last.startswith("354") and not self.take_body():
                return

    def take_body(self) -> bool:
        body = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            body += line.removeprefix(b".")
        self.server.bodies.append(body)
        return self.say(self.server.reply("."))

    def say(self, text: str) -> bool:
        self.last = text
        if text:
            self.wfile.write(f"{text}\r\n".encode())
        return bool(text)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as server:
        worker = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        worker.start()
        yield server
        server.shutdown()
        worker.join()


@pytest.fixture
def transport(sink: Sink) -> Iterator[SmtpTransport]:
    address = SmtpAddress("127.0.0.1", sink.server_address[1], "none")
    made = SmtpTransport(address, local_name="spoor.example", timeout=2)
    yield made
    made.close()


def letter(to: str = "fatima@town.example", body: str = "Hello.") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Spoor <spoor@programme.example>"
    message["To"] = to
    message["Subject"] = "Één vraag"
    message["Message-ID"] = "<12-34@spoor.example>"
    message.set_content(body)
    return message


def test_a_letter_arrives_as_it_was_written(sink: Sink, transport: SmtpTransport) -> None:
    reply = transport.send(letter(body=".dots\n..more dots\nend"))
    assert reply == "250 queued as 42"
    arrived = message_from_bytes(sink.bodies[0])
    assert arrived.get_payload(decode=True).decode().splitlines() == [
        ".dots",
        "..more dots",
        "end",
    ]
    assert sink.said == ["EHLO", "MAIL", "RCPT", "DATA"]


def test_one_connection_is_kept(sink: Sink, transport: SmtpTransport) -> None:
    for _time in range(3):
        transport.send(letter())
    assert sink.greetings == 1
    transport.close()
    assert sink.said[-1] == "QUIT"


@pytest.mark.parametrize("word", ["RCPT", "DATA"])
@pytest.mark.parametrize(("reply", "permanent"), [("450 later", False), ("550 no", True)])
def test_a_refusal_before_the_message_is_a_clean_no(
    sink: Sink, transport: SmtpTransport, word: str, reply: str, permanent: bool
) -> None:
    sink.once[word] = reply
    with pytest.raises(DeliveryError) as refused:
        transport.send(letter())
    assert (refused.value.reply, refused.value.permanent) == (reply, permanent)
    assert not refused.value.maybe_sent
    assert not isinstance(refused.value, ConnectionLost)
    transport.send(letter())
    assert (len(sink.bodies), sink.greetings) == (1, 1)


@pytest.mark.parametrize(
    ("word", "reply"),
    [("MAIL", "550 no such sender"), ("MAIL", "450 later"), ("RCPT", "550 5.7.1 not from you")],
)
def test_a_refusal_of_the_sender_fails_no_mail(
    sink: Sink, transport: SmtpTransport, word: str, reply: str
) -> None:
    """The setting is wrong, not the address: every mail waits until it is mended."""
    sink.script[word] = reply
    with pytest.raises(ConnectionLost) as refused:
        transport.send(letter())
    assert (refused.value.reply, refused.value.permanent) == (reply, False)
    sink.script.clear()
    sink.script.update(GOOD)
    transport.send(letter())
    assert len(sink.bodies) == 1


def test_a_refusal_after_the_message_is_a_clean_no_too(
    sink: Sink, transport: SmtpTransport
) -> None:
    sink.once["."] = "554 looks like spam"
    with pytest.raises(DeliveryError) as refused:
        transport.send(letter())
    assert (refused.value.permanent, refused.value.maybe_sent) == (True, False)


def test_a_line_that_breaks_after_the_message_leaves_it_open(
    sink: Sink, transport: SmtpTransport
) -> None:
    sink.once["."] = ""
    with pytest.raises(DeliveryError) as broken:
        transport.send(letter())
    assert broken.value.maybe_sent
    transport.send(letter())
    assert sink.greetings == 2


@pytest.mark.parametrize("word", ["MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_message_says_nothing_about_it(
    sink: Sink, transport: SmtpTransport, word: str
) -> None:
    sink.script[word] = ""
    with pytest.raises(ConnectionLost) as broken:
        transport.send(letter())
    assert not broken.value.maybe_sent
    assert not broken.value.permanent


def test_a_kept_connection_that_went_stale_is_made_anew(
    sink: Sink, transport: SmtpTransport
) -> None:
    transport.send(letter())
    sink.once["MAIL"] = "421 idle too long"
    transport.send(letter())
    assert (len(sink.bodies), sink.greetings) == (2, 2)


def test_a_server_that_does_not_want_us_fails_no_mail(sink: Sink, transport: SmtpTransport) -> None:
    sink.script["HELLO"] = "554 go away"
    with pytest.raises(ConnectionLost) as refused:
        transport.send(letter())
    assert not refused.value.permanent


def test_nobody_listens(sink: Sink) -> None:
    with pytest.raises(ConnectionLost):
        SmtpTransport(SmtpAddress("127.0.0.1", 1, "none"), local_name="x", timeout=0.5).send(
            letter()
        )


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("smtp://mail.example", SmtpAddress("mail.example", 587, "starttls")),
        ("smtp://mail.example:2525?tls=none", SmtpAddress("mail.example", 2525, "none")),
        (
            "smtp://me:p%40ss@mail.example?tls=ssl",
            SmtpAddress("mail.example", 465, "ssl", "me", "p@ss"),
        ),
    ],
)
def test_the_server_is_named_by_one_address(url: str, read: SmtpAddress) -> None:
    assert SmtpAddress.parse(url) == read


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example",
        "https://mail.example",
        "smtp://",
        "smtp://mail.example/path",
        "smtp://mail.example?tls=maybe",
        "smtp://mail.example?tsl=none",
        "smtp://mail.example?tls=ssl&tls=none",
        "smtp://mail.example:port",
        "smtp://me@mail.example",
        "smtp://me:secret@mail.example?tls=none",
        "smtp://mail.example?tls",
    ],
)
def test_an_odd_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"smtp|[Pp]ort|bad query"):
        SmtpAddress.parse(url)


def test_the_environment_chooses_and_says_what_is_allowed(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.SPOOR_MAIL_TRANSPORT = "file"
    assert isinstance(from_settings(), FileTransport)
    settings.SPOOR_MAIL_TRANSPORT = "smtp"
    settings.SPOOR_SMTP_URL = "smtp://mail.example?tls=none"
    assert isinstance(from_settings(), SmtpTransport)
    settings.SPOOR_SMTP_URL = "http://secret@mail.example"
    with pytest.raises(ImproperlyConfigured, match="SPOOR_SMTP_URL") as refused:
        from_settings()
    assert "secret" not in str(refused.value)


def test_a_file_is_written_whole_and_once(tmp_path: Path) -> None:
    transport = FileTransport(tmp_path / "mail")
    for _time in range(2):
        assert transport.send(letter()) == "250 12-34.eml"
    [file] = (tmp_path / "mail").iterdir()
    assert message_from_bytes(file.read_bytes())["To"] == "fatima@town.example"


def test_a_full_disk_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(DeliveryError) as refused:
        FileTransport(tmp_path / "mail").send(letter())
    assert not refused.value.permanent
    assert not refused.value.maybe_sent
