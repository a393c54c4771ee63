"""The embedded processes, real ones: one start, one stop, and never an orphan."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STEPS = ["web server", "worker", "clock (beat)"]
PATIENCE = 90  # seconds; a loaded machine is slow, not wrong

pytestmark = [pytest.mark.e2e, pytest.mark.sqlite]


class Spoor:
    """A started Spoor, seen from outside."""

    def __init__(self, data: Path, *arguments: str, port: int | None = None) -> None:
        self.data = data
        self.port = port or free_port()
        data.mkdir(parents=True, exist_ok=True)
        self.output = data / "said.txt"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port), *arguments],
                cwd=ROOT,
                env={**os.environ, "SPOOR_DATA_DIR": str(data)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_up(self) -> None:
        wait_for(lambda: "Ctrl-C stops Spoor" in self.said() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{path}", timeout=10
            ) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def processes(self) -> list[int]:
        """Every process of this Spoor but the supervisor: they carry its data folder."""
        return [pid for pid in pids_on(self.data) if pid != self.process.pid]

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def pids_on(data: Path) -> list[int]:
    """Living processes whose environment names the data folder."""
    mark = f"SPOOR_DATA_DIR={data}\0".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark in (folder / "environ").read_bytes() + b"\0":
                found.append(int(folder.name))
    return found


def wait_for(what: Callable[[], object], seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which Spoor ran once, with the example in it."""
    data = tmp_path_factory.mktemp("filled")
    spoor = Spoor(data)
    try:
        spoor.wait_until_up()
    finally:
        spoor.stop()
    spoor.output.rename(data / "said-first.txt")
    return data


@pytest.fixture
def spoor(filled: Path) -> Iterator[Spoor]:
    """Spoor started again on the filled folder."""
    started = Spoor(filled)
    try:
        started.wait_until_up()
        yield started
    finally:
        if started.process.poll() is None:
            started.stop()
        for pid in started.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_the_first_start_loads_the_example_and_names_its_people(filled: Path) -> None:
    said = (filled / "said-first.txt").read_text()
    assert "Loading the example" in said
    assert "Spoor runs at http://127.0.0.1:" in said
    assert "@" in said.split("people of the example:")[1]


def test_a_second_start_prepares_nothing_and_keeps_the_data(filled: Path) -> None:
    spoor = Spoor(filled)
    try:
        spoor.wait_until_up()
    finally:
        spoor.stop()
    assert "Loading" not in spoor.said()
    assert "Preparing" not in spoor.said()


def test_web_worker_and_beat_run_and_health_says_so(spoor: Spoor) -> None:
    assert spoor.get("/health/live") == (200, "ok\n")
    status, text = spoor.get("/health/ready")
    assert (status, json.loads(text)["ready"]) == (200, True)


def test_beat_and_worker_sweep_by_themselves_soon_after_the_start(spoor: Spoor) -> None:
    log = spoor.data / "logs" / "worker.log"
    wait_for(lambda: "monitoring.sweep" in log.read_text() and "succeeded" in log.read_text(), 30)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_every_way_of_stopping_leaves_no_process(spoor: Spoor, number: signal.Signals) -> None:
    assert len(spoor.processes()) >= len(STEPS)
    assert spoor.stop(number) == 0
    assert spoor.processes() == []
    assert "Stopped." in spoor.said()


def test_a_killed_supervisor_takes_its_children_along(spoor: Spoor) -> None:
    spoor.process.kill()
    spoor.process.wait(PATIENCE)
    wait_for(lambda: not spoor.processes(), 20)


def test_a_worker_that_is_killed_is_started_again_and_said_so(spoor: Spoor) -> None:
    wait_for(lambda: worker_of(spoor))
    first = worker_of(spoor)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: "The worker stopped by signal 9" in spoor.said())
    wait_for(lambda: worker_of(spoor) not in {None, first})


def worker_of(spoor: Spoor) -> int | None:
    for pid in spoor.processes():
        with contextlib.suppress(OSError):
            if b"\0worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
    return None


def test_a_second_start_on_the_same_data_is_refused_by_name(spoor: Spoor) -> None:
    code, said = refusal(spoor.data)
    assert code == 1
    assert f"already runs on the data folder {spoor.data}, as process {spoor.process.pid}" in said


def test_a_taken_port_is_refused_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = refusal(tmp_path, "--port", str(port))
    assert code == 1
    assert f"Port {port} on 127.0.0.1 cannot be used (Address already in use)" in said
    assert not (tmp_path / "spoor.sqlite3").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port", "http"], "PORT is 'http', but must be a whole number from 1 to 65535"),
        (["--port", "70000"], "PORT is '70000', but must be a whole number from 1 to 65535"),
        (["--host", "no.such.host.example"], "HOST is 'no.such.host.example'"),
        (["--anthology", "nowhere.txt"], "There is no file nowhere.txt"),
    ],
)
def test_an_odd_argument_is_refused_with_one_sentence(
    arguments: list[str], sentence: str, tmp_path: Path
) -> None:
    code, said = refusal(tmp_path, *arguments)
    assert code == 1
    assert sentence in said
    assert "Traceback" not in said


def test_another_anthology_on_filled_data_is_not_loaded_and_that_is_said(filled: Path) -> None:
    other = filled / "other.txt"
    other.write_text("4.2 Something else\n")
    spoor = Spoor(filled, "--anthology", str(other))
    try:
        spoor.wait_until_up()
    finally:
        spoor.stop()
    assert "already holds" in spoor.said()
    assert "not loaded: other.txt" in spoor.said()


def refusal(data: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "manage.py", "serve", *arguments],
        cwd=ROOT,
        env={**os.environ, "SPOOR_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    return done.returncode, done.stdout + done.stderr
