"""A started Spoor with its example, and people who sit at a browser."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.operations.test_supervisor import Spoor

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

OFFICE = "Sanne Dekker"


@pytest.fixture(scope="module")
def spoor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spoor]:
    """Web, worker and beat under one supervisor, on an empty data folder: as `make start`."""
    started = Spoor(tmp_path_factory.mktemp("spoor"))
    try:
        started.wait_until_up()
        yield started
    finally:
        if started.process.poll() is None:
            started.stop()
        for pid in started.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@pytest.fixture
def sit_down(spoor: Spoor, chromium: "Browser") -> Iterator[Callable[..., "Page"]]:
    """Somebody of the example at a browser of their own, signed in."""
    contexts = []

    def start(name: str = "", *, language: str = "nl", width: int = 1280) -> "Page":
        context = chromium.new_context(
            base_url=f"http://127.0.0.1:{spoor.port}",
            viewport={"width": width, "height": 900},
            locale=language,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/sign-in/")
        if name:
            if not page.get_by_role("button", name=name).count():
                page.locator("main summary").click()
            page.get_by_role("button", name=name).click()
            page.wait_for_url(lambda url: "sign-in" not in url)
        if page.locator("html").get_attribute("lang") != language:
            address = f"http://127.0.0.1:{spoor.port}/"
            context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        return page

    yield start
    for context in contexts:
        context.close()
