"""Where to tell that something is unsafe."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from tracker.settings.reader import Environment

URL = "/.well-known/security.txt"


def test_without_a_contact_there_is_no_such_file(client: Client, settings: Any) -> None:
    settings.SPOOR_SECURITY_CONTACT = ""
    assert client.get(URL).status_code == 404


def test_it_names_the_contact_and_expires_within_a_year(client: Client, settings: Any) -> None:
    settings.SPOOR_SECURITY_CONTACT = "mailto:veilig@example.org"
    settings.SPOOR_BASE_URL = "https://spoor.example.org"
    response = client.get(URL)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert fields["Contact"] == "mailto:veilig@example.org"
    assert fields["Canonical"] == f"https://spoor.example.org{URL}"
    assert fields["Preferred-Languages"] == "nl, en"
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timezone.now() < expires <= timezone.now() + timedelta(days=365)


@pytest.mark.parametrize("text", ["", "mailto:veilig@example.org", "https://example.org/veilig"])
def test_a_contact_that_the_standard_knows_is_read(text: str) -> None:
    assert Environment({"X": text}).contact("X") == text


@pytest.mark.parametrize("text", ["veilig@example.org", "mailto:", "https://a\nContact: tel:1"])
def test_an_odd_contact_stops_the_start(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="X is"):
        Environment({"X": text}).contact("X")
