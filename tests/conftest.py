"""What every test may rely on: the marks, the browser, and no silent skip where CI runs."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Chromium as the system installs it; it asks nothing of any other host.
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REQUIRE_ALL = bool(os.environ.get("SPOOR_TEST_REQUIRE_ALL"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, not skip, what means nothing on the database of this run.

    What asks no database at all runs once, on SQLite, where `make test` always runs.
    """
    from django.conf import settings

    on_sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    foreign = "postgresql" if on_sqlite else "sqlite"
    left_out = [
        item
        for item in items
        if item.get_closest_marker(foreign) or not (on_sqlite or asks_a_database(item))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def asks_a_database(item: pytest.Item) -> bool:
    """Whether the database makes a difference to a test."""
    marked = any(map(item.get_closest_marker, ("django_db", "postgresql", "redis")))
    fixtures = set(getattr(item, "fixturenames", ()))
    return marked or bool(fixtures & {"db", "transactional_db"})


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where everything must be there (CI), a skip is a failure."""
    outcome = yield
    report = outcome.get_result()
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped where nothing may be skipped: {report.longrepr}"


@pytest.fixture(autouse=True, scope="session")
def _clean_environment() -> Iterator[None]:
    """Neither a person's own settings nor those of the tests reach a process that a test starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
        for name in list(os.environ):
            if name.startswith("SPOOR_") and not name.startswith("SPOOR_TEST_"):
                patch.delenv(name)
        yield


@pytest.fixture
def in_english() -> Iterator[None]:
    """What services say is said in English, whatever language they have by default."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def redis_url() -> str:
    """A Redis that tests may use freely."""
    url = os.environ.get("SPOOR_TEST_REDIS_URL", "")
    if not url:
        pytest.skip("needs a Redis: set SPOOR_TEST_REDIS_URL")
    return url


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """The system's Chromium, driven by Playwright."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.skip("needs Chromium: install it by your system's packages")
    from playwright.sync_api import sync_playwright

    # Playwright runs its own event loop in this thread; Django would refuse the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
