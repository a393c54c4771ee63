"""How an intervention goes over into others, and what the rules refuse."""

import datetime
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from actions.organisations.models import User
from actions.plan.models import DeliveryState, Intervention, Succession
from actions.plan.services import succeed
from tests import factories as make
from tracker.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 2)
WHY = "Girls and boys need a different place."


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def office() -> User:
    return make.make_office()


def split(one: Intervention, *others: Intervention, actor: User, **fields: object) -> object:
    given = {"kind": "split", "on": DAY, "reason": WHY, **fields}
    return succeed(intervention=one, successors=others, actor=actor, **given)  # type: ignore[arg-type]


def test_a_split_is_kept_with_its_day_its_reason_and_who_said_so(office: User) -> None:
    old, girls, boys = (make.make_intervention() for _number in range(3))
    made = split(old, girls, boys, actor=office, reason=f" {WHY} ")
    assert made == list(Succession.objects.all())
    assert {(one.to_intervention, one.on, one.reason) for one in made} == {
        (girls, DAY, WHY), (boys, DAY, WHY),
    }  # fmt: skip
    entry = AuditEntry.objects.get(verb="plan.succeed")
    assert (entry.actor, entry.object_id) == (office, str(old.pk))
    assert entry.after == {"successors": [girls.code, boys.code], "kind": "split", "on": str(DAY)}


def test_what_went_over_answers_no_ambition_any_more_but_keeps_its_links(office: User) -> None:
    lead = make.make_organisation()
    old, new = make.make_intervention(lead=lead), make.make_intervention()
    link = make.make_link(make.make_quote(), old)
    split(old, new, actor=office, kind="replaced")
    assert list(Intervention.objects.live()) == [new]
    assert list(old.quote_links.all()) == [link]
    assert old.involvements.get().organisation == lead


def test_two_interventions_merge_into_one(office: User) -> None:
    first, second, whole = (make.make_intervention() for _number in range(3))
    split(first, whole, actor=office, kind="merged")
    split(second, whole, actor=office, kind="merged")
    assert list(Intervention.objects.live()) == [whole]


def test_a_split_names_two_and_a_replacement_one(office: User) -> None:
    old, first, second = (make.make_intervention() for _number in range(3))
    with pytest.raises(ValidationError, match="at least two"):
        split(old, first, actor=office)
    for kind in ("replaced", "merged"):
        with pytest.raises(ValidationError, match="the one intervention"):
            split(old, first, second, actor=office, kind=kind)
    assert not Succession.objects.exists()


def test_nothing_goes_over_twice_or_into_itself(office: User) -> None:
    old, first, second = (make.make_intervention() for _number in range(3))
    with pytest.raises(ValidationError, match="not the intervention itself"):
        split(old, old, first, actor=office)
    with pytest.raises(ValidationError, match="once"):
        split(old, first, first, actor=office)
    split(old, first, second, actor=office)
    with pytest.raises(ValidationError, match="before"):
        split(old, first, second, actor=office)


def test_only_what_lives_takes_over(office: User) -> None:
    """So nothing can ever go round in a circle."""
    old, new = make.make_intervention(), make.make_intervention()
    stopped = make.make_intervention(delivery_state=DeliveryState.STOPPED)
    with pytest.raises(ValidationError, match=stopped.code):
        split(old, stopped, actor=office, kind="replaced")
    split(old, new, actor=office, kind="replaced")
    with pytest.raises(ValidationError, match=f"{old.code} was stopped or went over"):
        split(new, old, actor=office, kind="replaced")


@pytest.mark.parametrize(
    ("wrong", "said"), [({"reason": "  "}, "why"), ({"kind": "sold"}, "valid choice")]
)
def test_a_succession_has_a_reason_and_a_known_kind(
    wrong: dict[str, str], said: str, office: User
) -> None:
    old, new = make.make_intervention(), make.make_intervention()
    with pytest.raises(ValidationError, match=said):
        split(old, new, actor=office, **{"kind": "replaced", **wrong})
