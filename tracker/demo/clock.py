"""The story's own time: what happened in the example's past is dated in the past.

When a row was made, changed, put in the history or in the audit trail is told by Django's own
clock, at which no service can be given another hour. Without this every deed of two years would
lie in the seconds in which the example was loaded, and 'as of a date' would show nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


@contextmanager
def story_time() -> Iterator[None]:
    """Inside this block, and in this thread only, `at` decides what time Django thinks it is."""
    really = timezone.now
    timezone.now = lambda: _told.get() or really()
    try:
        yield
    finally:
        timezone.now = really


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside this block it is `moment`; only within `story_time`."""
    before = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(before)
