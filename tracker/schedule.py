"""The beat schedule, and nothing else: what runs by itself, and how often."""

import time
from datetime import datetime
from typing import Any

from celery.schedules import schedstate, schedule


class Every(schedule):
    """An interval in seconds by a clock that cannot be set, due at once when beat starts.

    Celery's own interval compares wall-clock times: a clock put back an hour would silence it
    for that hour.
    """

    def __init__(self, seconds: float, *args: Any, **kwargs: Any) -> None:
        super().__init__(seconds, *args, **kwargs)
        self._last_run_at: datetime | None = None
        self._due_at = time.monotonic()

    def is_due(self, last_run_at: datetime) -> schedstate:
        """Whether to run now, and in how many seconds to look again."""
        if self._last_run_at is None:
            self._last_run_at = last_run_at
        elif last_run_at != self._last_run_at:
            self._last_run_at = last_run_at
            self._due_at = time.monotonic() + self.seconds
        left = self._due_at - time.monotonic()
        return schedstate(is_due=left <= 0, next=left if left > 0 else self.seconds)


# A wake-up that nobody took before the next one comes is worth nothing: it expires.
BEAT_SCHEDULE = {
    "sweep": {
        "task": "monitoring.sweep",
        "schedule": Every(60),
        "options": {"expires": 55},
    },
    # Imports whose task was lost or whose worker died.
    "imports": {
        "task": "quotes.imports",
        "schedule": Every(60),
        "options": {"expires": 55},
    },
}
