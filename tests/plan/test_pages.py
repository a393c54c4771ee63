"""The plan's pages: the list, one intervention, its form, and the linking desk."""

from typing import Any

import pytest
from django.test import Client

from actions.organisations.models import OrganisationGroup
from actions.plan.models import Disposition, Intervention, QuoteLink, TrafficLight
from tests import factories as make
from tests.pages import queries, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    return signed_in(make.make_office("Noor Office"))


def filled(parties: list[tuple[str, str]], **fields: Any) -> dict[str, Any]:
    """What the browser sends for an intervention with these (party, role) rows."""
    data = {
        "code": "I-900",
        "title": "A desk for reports",
        "action_line": make.make_action_line().pk,
        "stage": "explore",
        "parts-TOTAL_FORMS": len(parties),
        "parts-INITIAL_FORMS": 0,
        **fields,
    }
    for number, (party, role) in enumerate(parties):
        data |= {f"parts-{number}-party": party, f"parts-{number}-role": role}
    return data


def test_the_list_says_how_many_are_off_track(office: Client) -> None:
    make.make_intervention("Slow one", traffic_light=TrafficLight.OFF_TRACK)
    make.make_intervention("Quick one", traffic_light=TrafficLight.ON_TRACK)
    page = said(office.get("/interventions/"))
    assert "2 interventions , 1 off track" in page.replace("interventions, ", "interventions , ")
    filtered = said(office.get("/interventions/?light=off_track"))
    assert "Slow one" in filtered
    assert "Quick one" not in filtered
    assert "no lead yet" in filtered


def test_the_list_filters_by_line_lead_and_words(office: Client) -> None:
    town = make.make_organisation("Town")
    line = make.make_action_line("Shelter")
    make.make_intervention("Beds", lead=town, action_line=line)
    make.make_intervention("Training", action_line=make.make_action_line("Knowledge"))
    for query in (f"line={line.pk}", f"lead={town.pk}", "q=bed", "stage=explore&q=beds"):
        page = said(office.get(f"/interventions/?{query}"))
        assert "Beds" in page, query
        assert "Training" not in page, query
    assert "No intervention answers to this filter." in said(office.get("/interventions/?q=zzz"))
    response = office.get("/interventions/?q=bed&export=xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="interventions.xlsx"'


@pytest.mark.parametrize("column", [
    "code", "title", "action_line", "lead", "stage", "delivery_state", "traffic_light", "due_on",
    "quotes",
])  # fmt: skip
@pytest.mark.parametrize("direction", ["", "-"])
def test_every_column_sorts_both_ways(office: Client, column: str, direction: str) -> None:
    make.make_intervention(lead=make.make_organisation())
    make.make_intervention()
    assert office.get(f"/interventions/?sort={direction}{column}").status_code == 200


def test_pages_cost_the_same_for_two_rows_and_for_twelve(office: Client) -> None:
    intervention = make.make_intervention(lead=make.make_organisation())

    def grow(times: int) -> None:
        for _number in range(times):
            make.make_intervention(lead=make.make_organisation())
            make.make_link(make.make_quote(), intervention)
            make.make_involvement(intervention, make.make_organisation(), "involved")
            indicator = make.make_indicator()
            make.measure(intervention, indicator)
            make.make_measurement(indicator)
            make.make_target(indicator)

    pages = ("/interventions/", intervention.get_absolute_url())
    grow(2)
    few = [queries(office, page) for page in pages]
    grow(10)
    many = [queries(office, page) for page in pages]
    assert few == many
    assert many[0] <= 6


def test_the_desk_costs_the_same_for_two_links_and_for_twelve(office: Client) -> None:
    quote = make.make_quote()
    url = f"/coverage/link/{quote.reference}/"
    for _number in range(2):
        make.make_intervention(lead=make.make_organisation())
        make.make_link(quote, make.make_intervention(lead=make.make_organisation()))
    few = queries(office, url)
    for _number in range(10):
        make.make_intervention(lead=make.make_organisation())
        make.make_link(quote, make.make_intervention(lead=make.make_organisation()))
    assert queries(office, url) == few <= 6


def test_an_intervention_tells_who_does_what_and_which_quotes_it_answers(office: Client) -> None:
    town, police = make.make_organisation("Town"), make.make_organisation("Police")
    intervention = make.make_intervention("Beds", lead=town, description="Ten beds.")
    make.make_involvement(intervention, police, "co_lead", responsibility="Brings people in.")
    make.make_link(make.make_quote("We want beds."), intervention, rationale="Beds it is.")
    page = said(office.get(intervention.get_absolute_url()))
    for words in ("Ten beds.", "Town lead", "Police co-lead", "Brings people in.",
                  "We want beds.", "Beds it is.", "No indicator tells"):  # fmt: skip
        assert words in page, words


def test_a_slip_in_the_code_of_an_edit_keeps_the_way_back(office: Client) -> None:
    intervention = make.make_intervention("Beds")
    url = f"{intervention.get_absolute_url()}edit/"
    response = office.post(url, filled([], code="I/9"))
    assert "Use a code like I-012." in said(response)
    assert f'href="{intervention.get_absolute_url()}"' in response.content.decode()


def test_a_new_intervention_gets_its_lead_and_partners(office: Client) -> None:
    town, police = make.make_organisation("Town"), make.make_organisation("Police")
    group = OrganisationGroup.objects.create(name="Centre towns")
    assert 'value="I-001"' in office.get("/interventions/new/").content.decode()
    rows = [
        (f"organisation:{town.pk}", "lead"),
        (f"organisation:{police.pk}", "co_lead"),
        (f"group:{group.pk}", "involved"),
        ("", "involved"),
    ]
    response = office.post("/interventions/new/", filled(rows, starts_on="1-9-2026"))
    assert response.status_code == 302
    made = Intervention.objects.with_lead().get(code="I-900")
    assert made.lead_name == "Town"
    assert made.involvements.count() == 3
    assert str(made.starts_on) == "2026-09-01"


def test_a_second_lead_gets_a_sentence(office: Client) -> None:
    town, police = make.make_organisation("Town"), make.make_organisation("Police")
    rows = [(f"organisation:{town.pk}", "lead"), (f"organisation:{police.pk}", "lead")]
    page = office.post("/interventions/new/", filled(rows))
    assert "This intervention already has a lead" in said(page)
    rows = [(f"organisation:{town.pk}", "lead"), (f"organisation:{town.pk}", "involved")]
    assert "This party is named twice" in said(office.post("/interventions/new/", filled(rows)))
    assert not Intervention.objects.exists()


def test_the_lead_passes_to_another_in_one_go(office: Client) -> None:
    town, police = make.make_organisation("Town"), make.make_organisation("Police")
    intervention = make.make_intervention(lead=town, traffic_light=TrafficLight.AT_RISK)
    make.make_involvement(intervention, police, "involved")
    rows = [(f"organisation:{town.pk}", "involved"), (f"organisation:{police.pk}", "lead")]
    data = filled(rows, code=intervention.code, version=intervention.changed_at.isoformat())
    response = office.post(f"{intervention.get_absolute_url()}edit/", data)
    assert response.status_code == 302, said(response)
    found = Intervention.objects.with_lead().get(pk=intervention.pk)
    assert found.lead_name == "Police"
    assert found.traffic_light == TrafficLight.AT_RISK


def test_an_emptied_row_takes_the_party_out(office: Client) -> None:
    intervention = make.make_intervention(lead=make.make_organisation())
    data = filled([("", "lead")], code=intervention.code)
    assert office.post(f"{intervention.get_absolute_url()}edit/", data).status_code == 302
    assert not intervention.involvements.exists()


def test_a_version_that_never_was_overwrites_nothing(office: Client) -> None:
    intervention = make.make_intervention("As it was")
    data = filled([], code=intervention.code, title="Mine", version="2026-13-45T10:00:00")
    page = said(office.post(f"{intervention.get_absolute_url()}edit/", data))
    assert "Somebody else changed this intervention meanwhile" in page
    intervention.refresh_from_db()
    assert intervention.title == "As it was"


def test_who_edits_an_old_copy_is_told_and_overwrites_nothing(office: Client) -> None:
    intervention = make.make_intervention("As it was")
    seen = intervention.changed_at.isoformat()
    intervention.title = "Changed by somebody else"
    intervention.save()
    data = filled([], code=intervention.code, title="Mine", version=seen)
    page = said(office.post(f"{intervention.get_absolute_url()}edit/", data))
    assert "Somebody else changed this intervention meanwhile" in page
    intervention.refresh_from_db()
    assert intervention.title == "Changed by somebody else"


@pytest.mark.parametrize(("fields", "sentence"), [
    ({"starts_on": "1-9-2026", "due_on": "1-8-2026"}, "The due date lies before the start."),
    ({"due_on": "31-13-2026"}, "Write the day as day-month-year"),
    ({"code": "twelve"}, "Use a code like I-012."),
    ({"part_of": "I-998"}, "There is no intervention of that number"),
    ({"budget_amount": "much"}, "Write a number"),
])  # fmt: skip
def test_what_cannot_be_is_said_in_words(
    office: Client, fields: dict[str, str], sentence: str
) -> None:
    page = office.post("/interventions/new/", filled([], **fields))
    assert page.status_code == 200
    assert sentence in said(page)


def test_a_taken_code_is_said_in_words(office: Client) -> None:
    make.make_intervention(code="I-900")
    assert "already exists" in said(office.post("/interventions/new/", filled([])))


def test_an_intervention_is_no_part_of_its_own_part(office: Client) -> None:
    whole = make.make_intervention()
    part = make.make_intervention(parent=whole)
    data = filled([], code=whole.code, part_of=part.code)
    page = said(office.post(f"{whole.get_absolute_url()}edit/", data))
    assert "cannot be part of itself" in page


def test_from_a_quote_to_a_link_to_a_judgement_and_back(office: Client) -> None:
    quote, intervention = make.make_quote("We want beds."), make.make_intervention("Beds")
    desk = f"/coverage/link/{quote.reference}/"
    assert desk in office.get(quote.get_absolute_url()).content.decode()
    sent = {"interventions": [intervention.pk], "strength": "answers", "rationale": "Beds it is."}
    page = said(office.post(desk, sent, follow=True))
    assert f"{quote.reference} is linked to {intervention.code}." in page
    assert "Beds it is." in page
    assert "Not yet judged" in page

    judged = {"verdict-extent": "partly", "verdict-remains_open": ""}
    assert "Say what remains open" in said(office.post(f"{desk}judge/", judged))
    judged["verdict-remains_open"] = "The nights."
    assert "Partly answered : The nights." in said(
        office.post(f"{desk}judge/", judged, follow=True)
    ).replace("answered:", "answered :")

    link = QuoteLink.objects.get()
    response = office.post(f"{desk}remove/{link.pk}/", follow=True)
    assert "with it the judgement lapsed" in said(response)
    history = QuoteLink.history.filter(history_type="-").get()
    undo = f"{desk}restore/{history.history_id}/"
    assert undo in response.content.decode()
    assert "is back" in said(office.post(undo, follow=True))
    assert quote.links.count() == 1
    again = said(office.post(f"{desk}remove/{link.pk}/", follow=True))
    assert "This link was removed before." in again


def test_the_desk_refuses_in_words_and_keeps_what_was_typed(office: Client) -> None:
    quote = make.make_quote()
    intervention = make.make_intervention()
    desk = f"/coverage/link/{quote.reference}/"
    page = office.post(desk, {"rationale": "Typed with care.", "strength": "answers"})
    assert "Choose at least one intervention" in said(page)
    assert "Typed with care." in page.content.decode()
    make.make_link(quote, intervention)
    sent = {"interventions": [intervention.pk], "strength": "answers", "rationale": "Again."}
    assert "was linked or stopped meanwhile" in said(office.post(desk, sent))


def test_a_search_at_the_desk_keeps_what_was_ticked(office: Client) -> None:
    quote = make.make_quote()
    ticked, found = make.make_intervention("Beds"), make.make_intervention("Training")
    url = f"/coverage/link/{quote.reference}/?q=train&interventions={ticked.pk}"
    page = office.get(url).content.decode()
    assert found.code in page
    assert ticked.code in page
    assert page.count("checked") >= 2


def test_the_office_proposes_and_leadership_confirms(office: Client) -> None:
    quote = make.make_quote()
    aside = f"/coverage/set-aside/{quote.reference}/"
    sent = {"verdict": "set_aside", "reason": "The law says so already."}
    assert "Leadership confirms" in said(office.post(aside, sent, follow=True))
    leader = signed_in(make.make_leadership("Lena Leader"))
    assert "The law says so already." in said(leader.get(aside))
    page = said(leader.post(f"{aside}confirm/", {"on": "1-9-2026"}, follow=True))
    assert "Confirmed for" in page
    assert "Lena Leader, 1 September 2026" in page
    assert "Confirm the proposal" not in said(leader.get(aside))
    page = said(leader.post(f"{aside}withdraw/", follow=True))
    assert "is open again" in page
    assert not Disposition.objects.exists()
    assert "was withdrawn" in said(leader.post(f"{aside}confirm/", {"on": "1-9-2026"}, follow=True))


def test_a_duplicate_is_named_by_its_number(office: Client) -> None:
    first, second = make.make_quote(), make.make_quote()
    aside = f"/coverage/set-aside/{second.reference}/"
    sent = {"verdict": "duplicate", "reason": "Said twice.", "duplicate_of": "9.9-99"}
    assert "There is no quote of that number" in said(office.post(aside, sent))
    sent["duplicate_of"] = second.reference
    assert "duplicate of itself" in said(office.post(aside, sent))
    sent["duplicate_of"] = first.reference
    page = said(office.post(aside, sent, follow=True))
    assert f"duplicate of {first.reference}" in page


def test_a_partner_reads_how_a_quote_is_answered_and_gets_no_buttons() -> None:
    quote = make.make_quote()
    make.make_link(quote, make.make_intervention("Beds"), rationale="Beds it is.")
    client = signed_in(make.make_reporter(make.make_organisation()))
    response = client.get(quote.get_absolute_url())
    assert "Beds it is." in said(response)
    assert "/coverage/link/" not in response.content.decode()


def test_the_pages_speak_dutch(office: Client) -> None:
    quote, intervention = make.make_quote(), make.make_intervention()
    for url, words in (
        ("/interventions/", "1 interventie"),
        (intervention.get_absolute_url(), "Wie doen mee"),
        (f"/coverage/link/{quote.reference}/", "Waarom past dit?"),
        (f"/coverage/set-aside/{quote.reference}/", "niet over te nemen"),
        ("/interventions/new/", "Nieuwe interventie"),
    ):
        assert words in said(office.get(url, headers={"accept-language": "nl"})), url
