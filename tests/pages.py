"""Reading pages in tests: what they say, and how many queries they cost."""

import html
import re

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Session and user: what every signed-in request costs before its page does anything.
SIGNED_IN = 2


def signed_in(user: AbstractBaseUser) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def said(response: HttpResponse) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", html.unescape(text))


def queries(client: Client, url: str) -> int:
    """How many queries a page costs besides session and user."""
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured) - SIGNED_IN
