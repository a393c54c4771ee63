"""Keeps the processes of an embedded Spoor running, and ends them all when it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PATIENCE = 10.0  # seconds a child gets to stop by itself
LONGEST_PAUSE = 30.0  # seconds between two starts of a child that keeps stopping
SOUND_AFTER = 60.0  # seconds of running after which earlier stops are forgotten
TICK = 0.2
LARGEST_LOG = 5_000_000  # bytes


@dataclass
class Child:
    """One process: its name, the module it runs and where its output goes."""

    name: str
    module: str
    arguments: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    stops: int = field(default=0, init=False)
    start_at: float = field(default=0.0, init=False)

    def start(self, pipe: int, files: Sequence[int], now: float) -> None:
        """Start the process in a group of its own, bound to the supervisor's pipe."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))
        launch = [sys.executable, "-m", "tracker.operations.launch", str(pipe), self.module]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*launch, *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=[pipe, *files],
                process_group=0,
            )
        self.started_at = now

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole group; nothing when none of it is left."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def last_lines(self, count: int = 5) -> list[str]:
        """The end of the log, to show beside the news that the process stopped."""
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        return lines[-count:]


class Supervisor:
    """Starts the children, starts one again when it stops, and stops all of them together."""

    def __init__(
        self, children: Sequence[Child], *, say: Callable[[str], None], files: Sequence[int] = ()
    ) -> None:
        self.children = children
        self.say = say
        self.files = files
        self.pipe, self._held = os.pipe()

    def run(self, *, ready: Callable[[], bool], on_ready: Callable[[], Any]) -> None:
        """Run until KeyboardInterrupt, which is how the caller's signal handlers end it."""
        announced = False
        try:
            while True:
                self.check(time.monotonic())
                if not announced and ready():
                    announced = True
                    on_ready()
                time.sleep(TICK)
        except KeyboardInterrupt:
            self.say("Stopping …")
        finally:
            self.stop()

    def check(self, now: float) -> None:
        """Start what should run and does not, later each time it stops soon after its start."""
        for child in self.children:
            code = child.process.poll() if child.process is not None else None
            if code is not None:
                self._note_stop(child, code, now)
            if child.process is None and now >= child.start_at:
                child.start(self.pipe, self.files, now)

    def _note_stop(self, child: Child, code: int, now: float) -> None:
        child.signal(signal.SIGKILL)
        child.process = None
        child.stops = 1 if now - child.started_at > SOUND_AFTER else child.stops + 1
        pause = min(LONGEST_PAUSE, 2.0 ** (child.stops - 1))
        child.start_at = now + pause
        how = f"by signal {-code}" if code < 0 else f"with code {code}"
        self.say(f"The {child.name} stopped {how}; it starts again in {pause:.0f} s. Its log ends:")
        for line in child.last_lines():
            self.say(f"    {line}")

    def stop(self) -> None:
        """Ask every child to stop, wait, and make the rest; a second interrupt waits no longer."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        try:
            deadline = time.monotonic() + PATIENCE
            while self._alive() and time.monotonic() < deadline:
                time.sleep(0.05)
        except KeyboardInterrupt:
            self.say("Stopping at once …")
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
                child.process = None

    def _alive(self) -> bool:
        return any(child.process and child.process.poll() is None for child in self.children)
