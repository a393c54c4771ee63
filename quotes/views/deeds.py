"""What can be sent to the review desk: each deed with its form and the one service it calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quotes.doubt import break_points
from quotes.forms.review import DeedForm, EditForm, MoveForm, PullForm, SplitForm
from quotes.models import Quote
from quotes.services import review, seams


@dataclass(frozen=True)
class Choice:
    """A deed on one quote. With `opens` its form is shown first."""

    form: Callable[..., DeedForm]
    do: Callable[..., Any]
    opens: bool = False


def _split_form(*args: Any, quote: Quote, **extra: Any) -> SplitForm:
    return SplitForm(*args, quote=quote, points=break_points(quote.text), **extra)


def _accept(quote: Quote, data: dict[str, Any], **how: Any) -> None:
    review.accept(quote=quote, actor=how["actor"], seen=how["seen"])


def _edit(quote: Quote, data: dict[str, Any], **how: Any) -> None:
    review.edit(
        quote=quote, text=data["text"], why=data["why"], actor=how["actor"], seen=how["seen"]
    )


def _split(quote: Quote, data: dict[str, Any], **how: Any) -> None:
    seams.split(quote=quote, at=data["at"], actor=how["actor"], seen=how["seen"])


def _join(quote: Quote, data: dict[str, Any], **how: Any) -> None:
    seams.join_with_next(quote=quote, **how)


def _move(quote: Quote, data: dict[str, Any], **how: Any) -> None:
    review.move(
        quote=quote, section=data["section"], why=data["why"], actor=how["actor"], seen=how["seen"]
    )


def _pull(quote: Quote, data: dict[str, Any], **how: Any) -> None:
    review.mark_pull_quote(quote=quote, of=data["of"], actor=how["actor"], seen=how["seen"])


def _withdraw(quote: Quote, data: dict[str, Any], **how: Any) -> None:
    review.withdraw(quote=quote, actor=how["actor"], seen=how["seen"])


def _restore(quote: Quote, data: dict[str, Any], **how: Any) -> None:
    review.restore(quote=quote, actor=how["actor"], seen=how["seen"])


CHOICES: dict[str, Choice] = {
    "accept": Choice(DeedForm, _accept),
    "edit": Choice(EditForm, _edit, opens=True),
    "split": Choice(_split_form, _split, opens=True),
    "join": Choice(DeedForm, _join),
    "move": Choice(MoveForm, _move, opens=True),
    "pull": Choice(PullForm, _pull, opens=True),
    "withdraw": Choice(DeedForm, _withdraw),
    "restore": Choice(DeedForm, _restore),
}
