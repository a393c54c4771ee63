"""What a digest says: subject, text and HTML, in both languages."""

import re

import pytest
from django.conf import settings as project
from django.utils import translation

from actions.monitoring import services
from actions.monitoring.models import OutgoingMail, UpdateRequest
from actions.organisations.models import MembershipKind
from tests import factories as make
from tests.monitoring.mailroom import Letterbox, an_open_round, answer, days_on, sweep_on

pytestmark = pytest.mark.django_db

FATIMA = "fatima@town.example"


def world(language: str = "en") -> None:
    contact = make.make_office("Noor Office", email="noor@programme.example")
    line = make.make_action_line(office_contact=contact)
    town = make.make_organisation("Town")
    make.make_reporter(town, "Fatima Town", email=FATIMA, language=language)
    for title in ("Case <meeting>", "Hand-over"):
        make.make_intervention(title, lead=town, action_line=line)
    an_open_round(intro="Five minutes, please.")


def hand_over() -> UpdateRequest:
    """The question about the hand-over."""
    return UpdateRequest.objects.get(intervention__title="Hand-over")


def html_of(letterbox: Letterbox, address: str = FATIMA) -> str:
    letter = next(one for one in reversed(letterbox.letters) if one["To"] == address)
    return letter.get_body(("html",)).get_content()


def test_it_says_who_what_by_when_and_how_long() -> None:
    world()
    letterbox, _result = sweep_on(0)
    [letter] = letterbox.letters
    assert letter["Subject"] == "2 questions for you, please answer by Friday 20 November"
    text = letterbox.text_to(FATIMA)
    for part in (
        "Dear Fatima Town,",
        "Town",
        "Autumn",
        "Five minutes, please.",
        "It takes about 5 minutes.",
        f"{project.SPOOR_BASE_URL}/inbox/",
        "Hand-over",
        "Friday 6 November",
    ):
        assert part in text, part


def test_a_late_digest_counts_working_days_and_names_the_next_step() -> None:
    world()
    text = sweep_on(22)[0].text_to(FATIMA)
    assert "2 working days late" in text
    assert "Thursday 26 November" in text, "the day before the next reminder"
    assert "Friday 27 November, and inform your contact person" in text


def test_the_html_has_one_button_no_style_sheet_to_fetch_and_nothing_unescaped() -> None:
    world()
    html = html_of(sweep_on(0)[0])
    assert re.findall(r'href="([^"]+)"', html) == [f"{project.SPOOR_BASE_URL}/inbox/"]
    assert "Case &lt;meeting&gt;" in html
    assert "<link" not in html
    assert "<script" not in html
    assert re.search(r'<a[^>]+style="[^"]*padding', html), "styles stand in the tags"


def test_the_envelope_keeps_robots_and_loops_away() -> None:
    world()
    [letter] = sweep_on(0)[0].letters
    mail = OutgoingMail.objects.get()
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == mail.message_id
    assert letter["Reply-To"] == "noor@programme.example"
    assert letter["List-Id"]
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert (mail.subject, bool(mail.body_text), bool(mail.body_html)) == (
        letter["Subject"],
        True,
        True,
    )


def test_each_reads_the_own_language_whatever_the_worker_speaks() -> None:
    world(language="nl")
    with translation.override("en"):
        html = html_of(sweep_on(0)[0])
    assert 'lang="nl"' in html
    assert "vrijdag 20 november" in html


def test_last_times_light_stands_beside_the_question() -> None:
    world()
    request = hand_over()
    office = make.make_office()
    update = answer(request, request.organisation.memberships.get().user)
    services.review_update(update=update, reviewer=office, verdict="accepted", now=days_on(0))
    services.close_round(round=request.round, actor=office, now=days_on(0))
    an_open_round("Next")
    assert "last time: on track" in sweep_on(0)[0].text_to(FATIMA)


def test_a_returned_answer_is_marked_in_the_next_digest() -> None:
    world()
    request = hand_over()
    update = answer(request, request.organisation.memberships.get().user)
    services.review_update(
        update=update,
        reviewer=make.make_office(),
        verdict="returned",
        reason="Which region?",
        now=days_on(1),
    )
    assert "returned" in sweep_on(4)[0].text_to(FATIMA)


def test_a_contact_person_is_told_why() -> None:
    world()
    town = hand_over().organisation
    chief = make.make_user("Chief", email="chief@town.example", language="en")
    make.make_membership(chief, town, MembershipKind.CONTACT)
    sweep_on(22)
    letterbox, _result = sweep_on(25)
    assert "you are its contact person" in letterbox.text_to("chief@town.example")
    assert "you are its contact person" in html_of(letterbox, "chief@town.example")


def test_a_contact_person_who_answers_reads_each_question_once() -> None:
    world()
    town = hand_over().organisation
    make.make_membership(town.memberships.get().user, town, MembershipKind.CONTACT)
    text = sweep_on(25)[0].text_to(FATIMA)
    assert text.count("Hand-over") == 1


def test_the_office_reads_who_stays_silent() -> None:
    world()
    sweep_on(25)
    letterbox, _result = sweep_on(32)
    letter = next(one for one in letterbox.letters if one["To"] == "noor@programme.example")
    assert "10" in letterbox.text_to("noor@programme.example")
    assert f"{project.SPOOR_BASE_URL}/rounds/" in letter.get_body(("html",)).get_content()
