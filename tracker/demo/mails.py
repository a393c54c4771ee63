"""The mails of the open round's past days: the engine itself sends them, each on its day.

They lie in the mailbox of the example as they lay in the letterboxes of its people. What is due
today is left to the engine, which runs as soon as Spoor is started.
"""

from datetime import datetime
from email.message import EmailMessage

from actions.monitoring.models import EngineState
from actions.monitoring.services import sweep
from tracker.demo.days import RoundDays, clock
from tracker.demo.story import Story

MAIL_HOUR = 10


class Delivered:
    """A mail server of the past: it took everything."""

    def send(self, message: EmailMessage) -> str:
        return f"250 {message['Message-ID']}"

    def close(self) -> None:
        """Nothing was opened."""


def mails_chapter(story: Story, *, rounds: list[RoundDays]) -> None:
    """Let the engine run on every working day since the open round was opened."""
    running = next(of for of in rounds if of.closes is None)
    for day in story.calendar.span(running.opens, running.last):
        story.add(clock(day, MAIL_HOUR), _run, clock(day, MAIL_HOUR))
    story.add(clock(running.last, 23), _forget_the_pulse)


def _run(now: datetime) -> None:
    sweep(now=now, transport=Delivered())


def _forget_the_pulse() -> None:
    """The engine of this installation has not run yet, whatever the story says."""
    EngineState.objects.all().delete()
