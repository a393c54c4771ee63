"""`serve`: the whole of Spoor on one machine, until Ctrl-C."""

import ipaddress
import os
import secrets
import signal
import socket
import urllib.error
import urllib.request
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from tracker.operations.lock import FolderInUse, FolderLock
from tracker.operations.prepare import prepare_content, prepare_database, prepare_static
from tracker.operations.supervisor import Child, Supervisor


def port_number(text: str) -> int:
    """A port; 0 lets the system choose one."""
    if text.isascii() and text.isdigit() and int(text) <= 65535:
        return int(text)
    raise CommandError(f"PORT is '{text}', but must be a whole number from 1 to 65535.")


class Command(BaseCommand):
    help = "Run web, worker and beat on this machine, with the example; Ctrl-C stops them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", default="8000", help="port to listen on")
        parser.add_argument(
            "--anthology",
            nargs="+",
            type=Path,
            default=[],
            metavar="FILE",
            help="load these files instead of the example anthology",
        )

    def handle(self, *, host: str, port: str, anthology: list[Path], **options: Any) -> None:
        if not settings.SPOOR_EMBEDDED:
            raise CommandError("serve is for embedded mode; production runs docker-compose.yml.")
        if missing := [str(path) for path in anthology if not path.is_file()]:
            raise CommandError(f"There is no file {', '.join(missing)}.")
        number = port_number(port)
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop, _interrupt)
        try:
            with FolderLock(Path(settings.DATA_DIR)), _listen(host, number) as listener:
                self._serve(listener, host, anthology)
        except FolderInUse as refusal:
            raise CommandError(str(refusal)) from None
        except KeyboardInterrupt:
            self._say("Stopped before the start was complete.")
        else:
            self._say("Stopped. The data is kept; the next start goes on from here.")

    def _serve(self, listener: socket.socket, host: str, anthology: list[Path]) -> None:
        address = _address(host, listener.getsockname()[1])
        prepare_database(self._say)
        prepare_static(self._say)
        prepare_content(anthology, self._say)
        people = _people()
        connection.close()
        os.environ.setdefault("SPOOR_BASE_URL", address)
        if not _is_loopback(host):
            os.environ.setdefault("SPOOR_ALLOWED_HOSTS", ",".join(_names_of_this_machine(host)))
            os.environ.setdefault("SPOOR_DEMO_PASSWORD", secrets.token_urlsafe(9))
        supervisor = Supervisor(_children(listener), say=self._say, files=[listener.fileno()])
        supervisor.run(
            ready=lambda: _answers(address), on_ready=lambda: self._welcome(address, people)
        )

    def _welcome(self, address: str, people: list[str]) -> None:
        self._say(f"Spoor runs at {address}/")
        if people:
            self._say("Sign in there as one of the people of the example:")
            for line in people:
                self._say(f"    {line}")
        if password := os.environ.get("SPOOR_DEMO_PASSWORD"):
            self._say(f"Others can reach this address, so it asks for a password: {password}")
        self._say(f"Data and logs: {settings.DATA_DIR}. Ctrl-C stops Spoor.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _listen(host: str, port: int) -> socket.socket:
    """The socket that every web process inherits: taken now, so no other program can take it."""
    name = host.strip("[]")
    family = socket.AF_INET6 if ":" in name else socket.AF_INET
    try:
        socket.getaddrinfo(name, port, family)
        return socket.create_server((name, port), family=family, backlog=256)
    except (socket.gaierror, UnicodeError):
        raise CommandError(f"HOST is '{host}', but must be an address of this machine.") from None
    except OSError as error:
        raise CommandError(
            f"Port {port} on {host} cannot be used ({os.strerror(error.errno or 0)}). "
            "Stop the program that uses it, or choose another: make start PORT=8001."
        ) from None


def _children(listener: socket.socket) -> list[Child]:
    logs = Path(settings.DATA_DIR) / "logs"
    # One web process: SQLite has one writer, and threads share its cache.
    web = ["--bind", f"fd://{listener.fileno()}", "--workers", "1", "--threads", "4"]
    web += ["--graceful-timeout", "5", "--no-control-socket", "tracker.wsgi"]
    worker = ["-A", "tracker", "worker", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    beat = ["-A", "tracker", "beat", "--loglevel", "WARNING", "--pidfile", ""]
    return [
        Child("web server", "gunicorn", web, logs / "web.log"),
        Child("worker", "celery", worker, logs / "worker.log"),
        Child("clock (beat)", "celery", beat, logs / "beat.log"),
    ]


def _people() -> list[str]:
    """Two people of each role, and how many more there are."""
    users = list(get_user_model().objects.filter(is_active=True).order_by("pk"))
    shown = [
        user
        for role in dict.fromkeys(user.role for user in users)
        for user in [one for one in users if one.role == role][:2]
    ]
    lines = [f"{one.get_full_name()}, {one.get_role_display()} ({one.email})" for one in shown]
    if len(users) > len(shown):
        lines.append(f"and {len(users) - len(shown)} more on the sign-in page")
    return lines


def _address(host: str, port: int) -> str:
    name = "127.0.0.1" if host in {"0.0.0.0", "", "::"} else host.strip("[]")  # noqa: S104
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _names_of_this_machine(host: str) -> list[str]:
    name = socket.gethostname()
    names = {"127.0.0.1", "localhost", "[::1]", host, name, socket.getfqdn()}
    with suppress(OSError):  # a machine without a resolvable name is reached by its address
        names.update(socket.gethostbyname_ex(name)[2])
    return sorted(names - {"0.0.0.0", "::", ""})  # noqa: S104


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/live", timeout=1) as answer:  # noqa: S310
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
