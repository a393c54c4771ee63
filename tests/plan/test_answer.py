"""How the office answers a quote, and what the rules refuse."""

import datetime
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from actions.organisations.models import User
from actions.plan import services
from actions.plan.models import AnswerVerdict, DeliveryState, Disposition, QuoteLink
from quotes.models import Kind, Quote, QuoteState
from tests import factories as make
from tracker.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
WHY = "It does what was asked."


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def office() -> User:
    return make.make_office()


def propose(quote: Quote, actor: User, **fields: object) -> Disposition:
    given = {"verdict": "set_aside", "reason": "The law says so already.", **fields}
    return services.propose_disposition(quote=quote, actor=actor, **given)  # type: ignore[arg-type]


def test_linking_keeps_who_when_and_why(office: User) -> None:
    quote, first, second = make.make_quote(), make.make_intervention(), make.make_intervention()
    links = services.link_quote(
        quote=quote, interventions=[first, second], rationale=f" {WHY} ", actor=office
    )
    assert [link.rationale for link in links] == [WHY, WHY]
    assert QuoteLink.history.filter(history_user=office, history_type="+").count() == 2
    entry = AuditEntry.objects.filter(verb="plan.link").first()
    assert entry
    assert entry.actor == office
    assert entry.after["quote"] == quote.reference


def test_linking_moves_nothing_silently(office: User) -> None:
    """The judgement stands as it was; the intervention's own state does not change."""
    quote, intervention = make.make_quote(), make.make_intervention()
    make.make_link(quote, make.make_intervention())
    verdict = services.judge_answer(quote=quote, extent="fully", actor=office)
    before = intervention.changed_at
    services.link_quote(quote=quote, interventions=[intervention], rationale=WHY, actor=office)
    verdict.refresh_from_db()
    intervention.refresh_from_db()
    assert verdict.extent == "fully"
    assert intervention.changed_at == before


def test_a_second_link_between_the_same_two_is_refused_with_a_sentence(office: User) -> None:
    quote, intervention = make.make_quote(), make.make_intervention()
    make.make_link(quote, intervention)
    with pytest.raises(ValidationError, match=f"already linked to {intervention.code}"):
        services.link_quote(
            quote=quote,
            interventions=[make.make_intervention(), intervention],
            rationale=WHY,
            actor=office,
        )
    assert quote.links.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        make.make_link(quote, intervention)


def test_two_people_linking_at_once_get_a_sentence(
    office: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check saw nothing yet, the unique constraint did: no stack trace, a sentence."""
    quote, intervention = make.make_quote(), make.make_intervention()
    insert = services.answer.bulk_create_with_history

    def overtaken(*args: object, **extra: object) -> object:
        make.make_link(quote, intervention)
        return insert(*args, **extra)

    monkeypatch.setattr(services.answer, "bulk_create_with_history", overtaken)
    with pytest.raises(ValidationError, match="Somebody else just linked"):
        services.link_quote(quote=quote, interventions=[intervention], rationale=WHY, actor=office)


@pytest.mark.parametrize("kind", [Kind.TREND, Kind.PROBLEM, Kind.STRENGTH])
def test_only_ambitions_are_answered(office: User, kind: str) -> None:
    quote = make.make_quote(section=make.make_section("2.1", kind))
    with pytest.raises(ValidationError, match="Only ambitions"):
        services.link_quote(
            quote=quote, interventions=[make.make_intervention()], rationale=WHY, actor=office
        )
    with pytest.raises(ValidationError, match="Only ambitions"):
        propose(quote, office)


def test_pull_quotes_and_withdrawn_quotes_are_not_answered(office: User) -> None:
    whole = make.make_quote()
    for quote in (
        make.make_quote(pull_quote_of=whole),
        make.make_quote(state=QuoteState.WITHDRAWN),
    ):
        with pytest.raises(ValidationError, match="Only ambitions that count"):
            services.link_quote(
                quote=quote, interventions=[make.make_intervention()], rationale=WHY, actor=office
            )


def test_a_link_owes_its_why(office: User) -> None:
    with pytest.raises(ValidationError, match="Say in one sentence"):
        services.link_quote(
            quote=make.make_quote(), interventions=[make.make_intervention()], rationale=" ",
            actor=office,
        )  # fmt: skip


def test_a_removed_link_comes_back_as_it_was(office: User) -> None:
    quote = make.make_quote()
    link = make.make_link(quote, make.make_intervention(), strength="contributes", rationale=WHY)
    removed = services.unlink_quote(link=link, actor=office)
    assert not quote.links.exists()
    assert removed.history_user == office
    back = services.restore_link(quote=quote, history_id=removed.history_id, actor=office)[0]  # type: ignore[attr-defined]
    assert (back.strength, back.rationale) == ("contributes", WHY)


def test_the_judgement_lapses_with_the_last_link(office: User) -> None:
    quote = make.make_quote()
    links = [make.make_link(quote, make.make_intervention()) for _number in range(2)]
    services.judge_answer(quote=quote, extent="partly", remains_open="The nights.", actor=office)
    services.unlink_quote(link=links[0], actor=office)
    assert AnswerVerdict.objects.filter(quote=quote).exists()
    services.unlink_quote(link=links[1], actor=office)
    assert not AnswerVerdict.objects.filter(quote=quote).exists()
    assert AuditEntry.objects.filter(verb="plan.drop_judgement").exists()


def test_partly_says_what_remains_and_nothing_is_judged_without_links(office: User) -> None:
    quote = make.make_quote()
    with pytest.raises(ValidationError, match="nothing to judge"):
        services.judge_answer(quote=quote, extent="fully", actor=office)
    make.make_link(quote, make.make_intervention())
    with pytest.raises(ValidationError, match="Say what remains open"):
        services.judge_answer(quote=quote, extent="partly", remains_open=" ", actor=office)
    services.judge_answer(quote=quote, extent="partly", remains_open="The nights.", actor=office)
    verdict = services.judge_answer(quote=quote, extent="fully", actor=office)
    assert verdict.remains_open == ""
    assert AnswerVerdict.objects.count() == 1


def test_what_is_linked_cannot_be_set_aside_and_what_is_set_aside_cannot_be_linked(
    office: User,
) -> None:
    quote, intervention = make.make_quote(), make.make_intervention()
    link = make.make_link(quote, intervention)
    with pytest.raises(ValidationError, match=f"answered by {intervention.code}"):
        propose(quote, office)
    services.unlink_quote(link=link, actor=office)
    propose(quote, office)
    with pytest.raises(ValidationError, match="Withdraw that before you link"):
        services.link_quote(quote=quote, interventions=[intervention], rationale=WHY, actor=office)
    with pytest.raises(ValidationError, match="already set aside"):
        propose(quote, office)


def test_a_link_to_a_stopped_intervention_does_not_keep_from_setting_aside(office: User) -> None:
    quote = make.make_quote()
    make.make_link(quote, make.make_intervention(delivery_state=DeliveryState.STOPPED))
    assert propose(quote, office).pk


def test_a_proposal_owes_its_reason(office: User) -> None:
    with pytest.raises(ValidationError):
        propose(make.make_quote(), office, reason="  ")


def test_a_duplicate_points_at_an_ambition_that_is_none_itself(office: User) -> None:
    first, second, third = (make.make_quote() for _number in range(3))
    with pytest.raises(ValidationError, match="Name the ambition"):
        propose(second, office, verdict="duplicate")
    with pytest.raises(ValidationError, match="duplicate of itself"):
        propose(second, office, verdict="duplicate", duplicate_of=second)
    propose(second, office, verdict="duplicate", duplicate_of=first)
    with pytest.raises(ValidationError, match=f"{second.reference} is a duplicate itself"):
        propose(third, office, verdict="duplicate", duplicate_of=second)
    with pytest.raises(ValidationError, match="Other ambitions are duplicates of this one"):
        propose(first, office, verdict="duplicate", duplicate_of=third)


def test_leadership_confirms_once_and_withdrawing_keeps_the_history(office: User) -> None:
    quote, leader = make.make_quote(), make.make_leadership()
    disposition = propose(quote, office)
    day = datetime.date(2026, 9, 1)
    confirmed = services.confirm_disposition(disposition=disposition, actor=leader, on=day)
    assert (confirmed.confirmed_by, confirmed.confirmed_on) == (leader, day)
    with pytest.raises(ValidationError, match="confirmed before"):
        services.confirm_disposition(disposition=disposition, actor=leader, on=day)
    services.withdraw_disposition(disposition=confirmed, actor=leader)
    assert not Disposition.objects.filter(quote=quote).exists()
    assert Disposition.history.filter(quote_id=quote.pk, history_type="-").count() == 1
    with pytest.raises(ValidationError, match="withdrawn"):
        services.confirm_disposition(disposition=disposition, actor=leader, on=day)
    assert propose(quote, office).pk
