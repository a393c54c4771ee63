"""An import as a job: claimed once, taken up when its worker falls silent, all or nothing."""

import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from quotes.models import Anthology, ImportRun, ImportState, Quote, SourceFile
from quotes.services import import_worker
from quotes.services.import_worker import work_on, work_on_all
from quotes.services.importing import commit_import, discard_import, map_columns, start_import
from tests import factories as make

pytestmark = pytest.mark.django_db

MINUTE = timedelta(seconds=61)


def rows(*texts, **extra):
    return "\n".join(
        json.dumps({"text": text, "section": "4.1", "page": 10, **extra}) for text in texts
    )


def start(content, name="rijen.jsonl", **extra):
    file = ContentFile(content if isinstance(content, bytes) else content.encode(), name)
    extra.setdefault("code", "BL1")
    return start_import(files=[file], actor=make.make_office(), **extra)


def work(run, now=None):
    work_on(pk=run.pk, now=now or timezone.now())
    run.refresh_from_db()
    return run


def test_files_are_read_and_shown_and_nothing_is_written_before_somebody_says_so() -> None:
    run = work(start(rows("Er is tijd.", "Er is geld.")))
    assert run.state == ImportState.READ
    assert (run.preview["created"], run.preview["changes"], run.preview["quotes"]) == (2, 2, 2)
    assert not Anthology.objects.exists()
    assert commit_import(run=run, kinds={"4": "ambition"})
    work(run)
    assert (run.state, run.anthology.code, run.reading) == (ImportState.DONE, "BL1", None)
    assert Quote.objects.count() == 2
    assert SourceFile.objects.get().file.read().startswith(b'{"text"')
    assert SourceFile.objects.get().imported_by == run.started_by


def test_exactly_what_was_shown_is_written_even_if_the_file_is_gone_from_the_disk(tmp_path) -> None:
    run = work(start(rows("Er is tijd.")))
    other = work(start(rows("Er is geld."), code="BL2"))
    commit_import(run=run, kinds={})
    work(run)
    commit_import(run=other, kinds={})
    work(other)
    assert [q.full_reference for q in Quote.objects.order_by("pk")] == ["4.1-01", "BL2:4.1-01"]


def test_what_differs_by_now_is_shown_again_instead_of_written() -> None:
    first, second = (work(start(rows("Er is tijd."))) for _number in range(2))
    commit_import(run=first, kinds={})
    work(first)
    commit_import(run=second, kinds={})
    work(second)
    assert second.state == ImportState.READ
    assert second.message == import_worker.CHANGED_MEANWHILE
    assert (second.preview["created"], second.preview["unchanged"]) == (0, 1)
    assert Quote.objects.count() == 1


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence() -> None:
    run = work(start("geen json"))
    assert (run.state, run.message) == (
        ImportState.REFUSED,
        "rijen.jsonl, line 1: this is not a JSON object; write one per line.",
    )


def test_a_chapter_of_which_nobody_said_what_it_holds_is_asked_for() -> None:
    run = work(start(rows("Er is tijd.").replace("4.1", "6.1")))
    assert run.preview["unknown_chapters"] == {"6": "6.1"}
    commit_import(run=run, kinds={"6": "trend"})
    assert work(run).state == ImportState.DONE
    assert run.anthology.chapter_kinds["6"] == "trend"


def test_a_table_waits_for_its_columns() -> None:
    run = work(start("Wat;Waar\nEr is tijd.;4.1\n", "tabel.csv"))
    assert run.state == ImportState.MAPPING
    assert [one["name"] for one in run.preview["columns"]] == ["Wat", "Waar"]
    assert map_columns(run=run, columns={"text": "Wat", "section": "Waar"})
    assert work(run).state == ImportState.READ
    assert run.preview["created"] == 1
    assert not map_columns(run=run, columns={}), "too late"


def test_two_files_of_one_name_keep_their_quotes_apart() -> None:
    files = [ContentFile(rows(text).encode(), "rijen.jsonl") for text in ("Tijd is er.", "Geld.")]
    run = start_import(files=files, actor=make.make_office(), code="BL1")
    assert [file.name for file in run.files.all()] == ["rijen.jsonl", "rijen (2).jsonl"]
    commit_import(run=work(run), kinds={})
    work(run)
    assert {q.source_file.name for q in Quote.objects.all()} == {"rijen.jsonl", "rijen (2).jsonl"}


def test_a_discarded_import_leaves_no_file_and_is_not_taken_up(
    django_capture_on_commit_callbacks,
) -> None:
    run = start(rows("Er is tijd."))
    file = run.files.get().file
    with django_capture_on_commit_callbacks(execute=True):
        assert discard_import(run=run)
    assert not file.storage.exists(file.name)
    assert work(run).state == ImportState.DISCARDED
    assert not discard_import(run=run)


def dies(*, run) -> None:
    """A worker that is killed leaves the run as it was claimed."""


def test_a_run_is_claimed_once_and_taken_up_only_when_its_worker_is_silent(monkeypatch) -> None:
    run, now = start(rows("Er is tijd.")), timezone.now()
    monkeypatch.setattr(import_worker, "read_run", dies)
    work(run, now)
    assert (run.state, run.attempts) == (ImportState.READING, 1)
    monkeypatch.undo()
    work(run, now + timedelta(seconds=59))
    assert (run.state, run.attempts) == (ImportState.READING, 1)
    work(run, now + MINUTE)
    assert (run.state, run.attempts) == (ImportState.READ, 2)


def test_after_three_silent_workers_the_run_has_failed(monkeypatch) -> None:
    run, now = start(rows("Er is tijd.")), timezone.now()
    monkeypatch.setattr(import_worker, "read_run", dies)
    for number in range(4):
        work(run, now + number * MINUTE)
    assert (run.state, run.message) == (ImportState.FAILED, import_worker.GAVE_UP)


def test_who_lost_a_run_writes_nothing_more() -> None:
    run = start(rows("Er is tijd."))
    stale = ImportRun.objects.get(pk=run.pk)
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.READING, attempts=2)
    stale.state, stale.attempts = ImportState.READING, 1
    with pytest.raises(import_worker.TakenOver):
        import_worker.read_run(run=stale)
    run.refresh_from_db()
    assert (run.state, run.reading) == (ImportState.READING, None)


def test_a_run_that_is_discarded_while_it_is_read_stops() -> None:
    run = start(rows("Er is tijd."))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.READING, attempts=1)
    run.refresh_from_db()
    discard_import(run=ImportRun.objects.get(pk=run.pk))
    with pytest.raises(import_worker.TakenOver):
        import_worker.read_run(run=run)


def test_progress_is_told_at_most_twice_a_second(monkeypatch, django_assert_num_queries) -> None:
    run = start(rows("Er is tijd."))
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.READING, attempts=1)
    run.refresh_from_db()
    hear = import_worker._progress(run)
    with django_assert_num_queries(2):  # the first page and the last
        for page in range(1, 51):
            hear(page, 50)
    run.refresh_from_db()
    assert (run.done, run.total) == (50, 50)


def test_one_broken_import_does_not_keep_the_others_waiting(monkeypatch, caplog) -> None:
    broken, fine = start(rows("Er is tijd.")), start(rows("Er is geld."), code="BL2")
    read = import_worker.read_run

    def breaks(*, run):
        if run.pk == broken.pk:
            raise MemoryError
        read(run=run)

    monkeypatch.setattr(import_worker, "read_run", breaks)
    assert work_on_all(now=timezone.now()) == 1
    fine.refresh_from_db()
    assert fine.state == ImportState.READ
    assert "broke off" in caplog.text
