"""Append-only tables hold against the ORM, bulk writes and SQL by hand, on both databases."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from actions.monitoring.models import Review
from quotes.models import QuoteRevision
from tests import factories as make
from tests.monitoring.mailroom import an_open_round, answer
from tracker.audit.models import AuditEntry
from tracker.audit.services import record
from tracker.shared.immutable import append_only_models, install_triggers, triggers_lifted
from tracker.shared.models import AppendOnlyError, AppendOnlyModel


def an_audit_entry() -> AuditEntry:
    return record(verb="tried", subject=make.make_organisation(), origin="192.0.2.1")


def an_answer() -> AppendOnlyModel:
    town = make.make_organisation()
    case = make.make_intervention(lead=town)
    an_open_round()
    return answer(case.requests.get(), make.make_reporter(town))


def a_review() -> AppendOnlyModel:
    return Review.objects.create(
        update=an_answer(),
        verdict="accepted",
        reviewer=make.make_office(),
        reviewed_at=timezone.now(),
    )


def a_measurement() -> AppendOnlyModel:
    return make.make_measurement(make.make_indicator())


def a_revision() -> AppendOnlyModel:
    return QuoteRevision.objects.create(quote=make.make_quote(), deed="accepted", field="state")


# How to make a row of each: a new append-only model is added here, or the first test fails.
MAKERS: dict[str, Callable[[], AppendOnlyModel]] = {
    "audit.AuditEntry": an_audit_entry,
    "indicators.Measurement": a_measurement,
    "monitoring.StatusUpdate": an_answer,
    "monitoring.Review": a_review,
    "quotes.QuoteRevision": a_revision,
}


def test_every_append_only_model_is_tried() -> None:
    assert {model._meta.label for model in append_only_models()} == set(MAKERS)


def refused(statement: Callable[[], object]) -> bool:
    """Whether the database says no, in the words of the trigger."""
    try:
        with transaction.atomic():
            statement()
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("label", MAKERS)
def test_a_row_is_neither_changed_nor_deleted(label: str) -> None:
    row = MAKERS[label]()
    rows = type(row).objects.filter(pk=row.pk)
    assert refused(lambda: rows._raw_delete(rows.db))
    assert refused(lambda: rows.update(id=row.pk + 1000))
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(AppendOnlyError):
        row.delete()
    assert rows.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("label", MAKERS)
def test_sql_by_hand_is_refused_alike(label: str) -> None:
    table = connection.ops.quote_name(MAKERS[label]()._meta.db_table)

    def by_hand(statement: str) -> Callable[[], object]:
        def run() -> None:
            with connection.cursor() as cursor:
                cursor.execute(statement)

        return run

    assert refused(by_hand(f"DELETE FROM {table}"))
    assert refused(by_hand(f"UPDATE {table} SET id = id + 1000"))


@pytest.mark.django_db
def test_an_address_of_origin_may_be_emptied_and_nothing_else() -> None:
    entry = an_audit_entry()
    rows = AuditEntry.objects.filter(pk=entry.pk)
    assert refused(lambda: rows.update(origin="198.51.100.7"))
    assert refused(lambda: rows.update(origin="", verb="forged"))
    assert rows.update(origin="") == 1
    entry.refresh_from_db()
    assert (entry.origin, entry.verb) == ("", "tried")


@pytest.mark.django_db
def test_installing_again_is_harmless_and_lifting_puts_them_back() -> None:
    entry = an_audit_entry()
    rows = AuditEntry.objects.filter(pk=entry.pk)
    install_triggers()
    with triggers_lifted():
        assert rows.update(verb="corrected") == 1
    assert refused(lambda: rows.update(verb="forged"))


@pytest.mark.django_db
def test_they_stand_again_when_the_lifted_block_fails() -> None:
    entry = an_audit_entry()
    with pytest.raises(ValueError, match="halfway"), triggers_lifted():
        raise ValueError("halfway")
    assert refused(lambda: AuditEntry.objects.filter(pk=entry.pk).update(verb="forged"))


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_tables_and_leaves_the_triggers() -> None:
    an_audit_entry()
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEntry.objects.exists()
    entry = an_audit_entry()
    assert refused(lambda: AuditEntry.objects.filter(pk=entry.pk).update(verb="forged"))
