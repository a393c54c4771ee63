"""A mail room for the engine's stories: a round in autumn, a letterbox, and the hand of time."""

import datetime
from collections.abc import Callable
from email.message import EmailMessage

from django.db.models.functions import Now
from django.utils import timezone

from actions.monitoring import services
from actions.monitoring.models import (
    MailState,
    MonitoringRound,
    OutgoingMail,
    Reminder,
    RoundKind,
    StatusUpdate,
    UpdateRequest,
)
from actions.monitoring.outbox.transport import DeliveryError
from actions.organisations.models import User
from actions.plan.models import DeliveryState, TrafficLight
from tracker.shared.calendar import AMSTERDAM

# Monday 2 November 2026, ten in the morning; the round's rungs fall on 6, 17, 20, 24 and 27
# November and on 4 December.
OPENING = datetime.datetime(2026, 11, 2, 10, tzinfo=AMSTERDAM)
DEADLINE = datetime.date(2026, 11, 20)


class Worn(BaseException):
    """The worker is killed: nothing in the code catches it."""


class Letterbox:
    """A transport that keeps what it is given; `before` and `after` may break it."""

    def __init__(
        self,
        before: Callable[[EmailMessage], None] | None = None,
        after: Callable[[EmailMessage], None] | None = None,
    ) -> None:
        self.before, self.after = before, after
        self.letters: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> str:
        if self.before:
            self.before(message)
        self.letters.append(message)
        if self.after:
            self.after(message)
        return "250 thank you"

    def close(self) -> None:
        pass

    @property
    def addresses(self) -> list[str]:
        return [letter["To"] for letter in self.letters]

    def text_to(self, address: str) -> str:
        """The text of the newest letter to an address."""
        letter = [one for one in self.letters if one["To"] == address][-1]
        return letter.get_body(("plain",)).get_content()


def refusing(reply: str, *, permanent: bool = False) -> Letterbox:
    """A server that takes nothing."""

    def refuse(message: EmailMessage) -> None:
        raise DeliveryError(reply, permanent=permanent)

    return Letterbox(before=refuse)


def breaking() -> Letterbox:
    """The line breaks after the message was handed over, before anybody said so."""

    def break_off(message: EmailMessage) -> None:
        raise DeliveryError("SMTPServerDisconnected", maybe_sent=True)

    return Letterbox(after=break_off)


def killed() -> Letterbox:
    """The worker dies after the message was handed over."""

    def die(message: EmailMessage) -> None:
        raise Worn

    return Letterbox(after=die)


def days_on(days: int, moment: datetime.datetime = OPENING) -> datetime.datetime:
    return moment + datetime.timedelta(days=days)


def a_round(name: str = "Autumn", **fields: object) -> MonitoringRound:
    """A round that is planned for the day of OPENING."""
    given = {
        "kind": RoundKind.REPORT,
        "period_start": datetime.date(2026, 5, 1),
        "period_end": datetime.date(2026, 10, 31),
        "opens_on": OPENING.date(),
        "deadline": DEADLINE,
        "actor": None,
        **fields,
    }
    return services.create_round(name=name, **given)


def an_open_round(name: str = "Autumn", **fields: object) -> MonitoringRound:
    return services.open_round(round=a_round(name, **fields), actor=None, now=OPENING)


def sweep_on(
    day: int = 0, letterbox: Letterbox | None = None
) -> tuple[Letterbox, services.SweepResult]:
    """The engine, so many days after the opening."""
    letterbox = letterbox or Letterbox()
    return letterbox, services.sweep(now=days_on(day), transport=letterbox)


def answer(request: UpdateRequest, author: User, **fields: object) -> StatusUpdate:
    said = {
        "delivery_state": DeliveryState.RUNNING,
        "traffic_light": TrafficLight.ON_TRACK,
        "for_the_report": "Eleven of fourteen take part.",
        **fields,
    }
    now = fields.pop("now", OPENING)
    said.pop("now", None)
    return services.submit_update(
        request=request, answer=services.Answer(**said), author=author, now=now
    )


def states() -> dict[str, int]:
    """How many reminders stand in each state."""
    found: dict[str, int] = {}
    for state in Reminder.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def leases_run_out() -> None:
    """Time passes for a worker that died."""
    earlier = timezone.now() - datetime.timedelta(days=2)
    OutgoingMail.objects.filter(state=MailState.SENDING).update(lease_until=earlier)


def pauses_end() -> None:
    """Time passes for mails that must be tried again later."""
    OutgoingMail.objects.filter(not_before__gt=Now()).update(not_before=None)
