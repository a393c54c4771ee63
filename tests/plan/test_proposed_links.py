"""Links of a quote's earlier self are proposed on its page, and never copied."""

import re

import pytest

from actions.plan.models import Disposition, QuoteLink
from quotes.models import Quote
from tests import factories as make
from tests.pages import queries, said, signed_in

pytestmark = pytest.mark.django_db


def returned() -> tuple[Quote, Quote]:
    """A quote of the second edition, and the one of the first that it returns from."""
    earlier = make.make_quote("We want beds.")
    second = make.make_section(anthology=make.make_anthology("BL2"))
    return make.make_quote("We want beds.", section=second, returns_from=earlier), earlier


def test_the_links_of_the_earlier_quote_are_proposed_and_prefill_the_form() -> None:
    quote, earlier = returned()
    beds, stopped = make.make_intervention("Beds"), make.make_intervention("Was")
    stopped.delivery_state = "stopped"
    stopped.save()
    link = make.make_link(earlier, beds, strength="contributes", rationale="It opens beds.")
    make.make_link(earlier, stopped)
    client = signed_in(make.make_office())
    page = client.get(quote.get_absolute_url())
    assert f"This was BL1:{earlier.reference}, which is linked to {beds.code} Beds." in said(page)
    assert stopped.code not in said(page)
    assert not QuoteLink.objects.filter(quote=quote).exists()
    desk = client.get(f"/coverage/link/{quote.full_reference}/?like={link.pk}").content.decode()
    assert "It opens beds." in desk
    (ticked,) = re.findall(r'<input[^>]*name="interventions"[^>]*checked[^>]*>', desk)
    assert f'value="{beds.pk}"' in ticked
    sent = {"interventions": [beds.pk], "strength": "contributes", "rationale": "It opens beds."}
    client.post(f"/coverage/link/{quote.full_reference}/", sent)
    assert QuoteLink.objects.get(quote=quote).intervention == beds
    assert "which is linked to" not in said(client.get(quote.get_absolute_url()))


def test_links_of_merged_and_split_quotes_are_proposed_once_for_each_intervention() -> None:
    whole = make.make_quote()
    part = make.make_quote(split_from=whole)
    merged = make.make_quote(merged_into=part, state="withdrawn")
    beds = make.make_intervention("Beds")
    make.make_link(whole, beds)
    make.make_link(merged, beds)
    page = said(signed_in(make.make_office()).get(part.get_absolute_url()))
    assert page.count("which is linked to") == 1


def test_nothing_is_proposed_to_others_nor_for_what_was_set_aside() -> None:
    quote, earlier = returned()
    make.make_link(earlier, make.make_intervention())
    for person in (make.make_leadership(), make.make_reporter(make.make_organisation())):
        assert "which is linked to" not in said(signed_in(person).get(quote.get_absolute_url()))
    office = make.make_office()
    Disposition.objects.create(
        quote=quote, verdict="set_aside", reason="Is the law.", proposed_by=office
    )
    assert "which is linked to" not in said(signed_in(office).get(quote.get_absolute_url()))


@pytest.mark.parametrize("like", ["0", "x", "9" * 30, "-1", ""])
def test_an_odd_link_to_be_like_changes_nothing(like: str) -> None:
    quote, _earlier = returned()
    client = signed_in(make.make_office())
    assert client.get(f"/coverage/link/{quote.full_reference}/?like={like}").status_code == 200


def test_proposals_cost_no_query_more() -> None:
    quote, earlier = returned()
    client = signed_in(make.make_office())
    none = queries(client, quote.get_absolute_url())
    for _number in range(12):
        make.make_link(earlier, make.make_intervention())
    assert queries(client, quote.get_absolute_url()) == none <= 6
