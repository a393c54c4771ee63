"""Signing in with an own account, and as somebody of the example."""

from typing import Any

import pytest
from django.test import Client

from actions.organisations.models import Role, User
from tests import factories as make
from tests.pages import said, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-password"


def cookie(client: Client) -> str:
    return client.cookies["django_language"].value


def test_a_person_signs_in_by_address_whatever_the_case_and_reads_the_own_language() -> None:
    make.make_office(email="noor@office.example", password=PASSWORD, language="en")
    client = Client()
    response = client.post("/sign-in/", {"username": "Noor@Office.example", "password": PASSWORD})
    assert response.status_code == 302
    assert cookie(client) == "en"


def test_a_wrong_password_and_an_unknown_address_look_the_same() -> None:
    make.make_office(email="noor@office.example", password=PASSWORD)
    client = Client(headers={"accept-language": "en"})
    pages = [
        said(client.post("/sign-in/", {"username": address, "password": "wrong"}))
        for address in ("noor@office.example", "nobody@office.example")
    ]
    assert all("do not belong together" in page for page in pages)


def test_somebody_inactive_does_not_sign_in() -> None:
    make.make_office(email="noor@office.example", password=PASSWORD, is_active=False)
    client = Client()
    response = client.post("/sign-in/", {"username": "noor@office.example", "password": PASSWORD})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session


def test_empty_fields_are_named() -> None:
    page = said(Client(headers={"accept-language": "en"}).post("/sign-in/", {}))
    assert "Give your e-mail address" in page
    assert "Give your password" in page


def test_signing_in_leads_back_to_the_page_that_was_asked_and_nowhere_else() -> None:
    person = make.make_office()
    for following, where in (("/anthology/", "/anthology/"), ("https://evil.example/", "/")):
        response = Client().post("/sign-in/example/", {"user": person.pk, "next": following})
        assert response.headers["Location"] == where


def test_signing_out_ends_the_session_by_post_only() -> None:
    client = signed_in(make.make_office())
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/anthology/").status_code == 302


def test_the_page_lists_the_people_of_the_example_and_nobody_with_a_password() -> None:
    town = make.make_organisation("Town")
    make.make_reporter(town, "Fatima Town")
    make.make_office("Own Password", password=PASSWORD)
    make.make_office("Left Already", is_active=False)
    page = said(Client(headers={"accept-language": "en"}).get("/sign-in/"))
    assert "Fatima Town" in page
    assert "Town" in page
    assert "Own Password" not in page
    assert "Left Already" not in page


def test_one_of_each_kind_is_suggested_and_the_many_stand_by_their_organisation(
    settings: Any,
) -> None:
    town, police = make.make_organisation("Town"), make.make_organisation("Police")
    make.make_reporter(town, "Fatima Town")
    make.make_reporter(police, "Esra Police", email="esra@police.example")
    make.make_office("Noor Office", email="noor@office.example")
    make.make_leadership("Lena Leader")
    settings.SPOOR_DEMO_SUGGESTED = ("noor@office.example", "esra@police.example")
    page = said(Client(headers={"accept-language": "en"}).get("/sign-in/"))
    places = [
        page.index(text)
        for text in ("Noor Office", "Esra Police", "Police", "Lena Leader",
                     "1 person of a partner organisation", "Town", "Fatima Town")
    ]  # fmt: skip
    assert page.count("Noor Office") == page.count("Esra Police") == 1
    assert places[0] < places[1] < places[3] < places[4] < places[5] <= places[6]


def test_a_click_on_a_person_signs_in_as_that_person() -> None:
    person = make.make_leadership("Lena Leader", language="nl")
    client = Client()
    response = client.post("/sign-in/example/", {"user": person.pk})
    assert response.status_code == 302
    assert cookie(client) == "nl"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_whoever_has_a_password_is_not_entered_without_it() -> None:
    person = make.make_office(password=PASSWORD)
    for user in (str(person.pk), "", "x"):
        assert Client().post("/sign-in/example/", {"user": user}).status_code == 404


def test_outside_the_example_nobody_signs_in_without_a_password(settings: Any) -> None:
    settings.SPOOR_EMBEDDED = False
    person = make.make_office("Noor Office")
    assert Client().post("/sign-in/example/", {"user": person.pk}).status_code == 404
    assert "Noor Office" not in said(Client().get("/sign-in/"))


def test_where_others_reach_the_address_the_printed_password_is_asked(
    settings: Any,
) -> None:
    settings.SPOOR_DEMO_PASSWORD = "printed-at-start"
    person = make.make_office()
    client = Client(headers={"accept-language": "en"})
    assert 'name="password"' in client.get("/sign-in/").content.decode()
    for guess in ("", "wrong", "printed-at-start "):
        page = client.post("/sign-in/example/", {"user": person.pk, "password": guess}, follow=True)
        assert "not the password that was printed" in said(page)
    assert "_auth_user_id" not in client.session
    client.post("/sign-in/example/", {"user": person.pk, "password": "printed-at-start"})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_administrator_adds_a_person_without_a_password() -> None:
    admin = signed_in(make.make_office(is_staff=True))
    response = admin.post(
        "/admin/organisations/user/add/",
        {"email": "new@town.example", "full_name": "New Person", "role": "partner",
         "language": "nl", "usable_password": "false"},
    )  # fmt: skip
    assert response.status_code == 302, said(response)
    person = User.objects.get(email="new@town.example")
    assert person.role == Role.PARTNER
    assert not person.has_usable_password()
    assert admin.get(f"/admin/organisations/user/{person.pk}/change/").status_code == 200


@pytest.mark.parametrize("page", [
    "organisations/organisation", "organisations/organisationgroup", "organisations/absence",
    "organisations/user", "plan/goal", "plan/actionline", "plan/intervention", "plan/succession",
    "plan/quotelink", "plan/answerverdict", "plan/disposition", "indicators/indicator",
    "indicators/measurement",
])  # fmt: skip
def test_the_admin_opens_for_administrators_only(page: str) -> None:
    admin = signed_in(make.make_office(is_staff=True))
    assert admin.get(f"/admin/{page}/").status_code == 200
    assert signed_in(make.make_office()).get(f"/admin/{page}/").status_code == 302


def test_the_admin_adds_what_may_be_added_and_never_a_measurement() -> None:
    admin = signed_in(make.make_office(is_staff=True))
    for page in ("plan/intervention", "indicators/indicator", "organisations/organisation"):
        assert admin.get(f"/admin/{page}/add/").status_code == 200
    for page in ("indicators/measurement", "plan/quotelink", "plan/disposition"):
        assert admin.get(f"/admin/{page}/add/").status_code == 403
