"""Pictures of the example: those of the README, or of every page for every role.

`make screenshots` makes docs/screenshots anew. `python -m tests.e2e.screenshots --all FOLDER`
takes every page as every role, at 1280 and 320 wide, to be looked at.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.operations.test_supervisor import ROOT, Spoor

# Whose eyes the pages are seen with; "" is a stranger.
PEOPLE = {
    "office": "Sanne Dekker",
    "leadership": "Marijke van der Laan",
    "partner": "Esra Yıldız",
    "stranger": "",
}
TELL = "import json; from tests.walk import visits; print(json.dumps(visits()))"
TARGET = ROOT / "docs" / "screenshots"
DESK, PHONE = (1280, 860), (390, 844)
# Name, whose eyes, address, screen. The example is the same every time, its ids too.
SHOWN = [
    ("leadership-home", "leadership", "/", DESK),
    ("coverage", "office", "/coverage/", DESK),
    ("trace", "office", "/trace/4.7-01/", DESK),
    ("round", "office", "/rounds/4/", DESK),
    ("review", "office", "/review/", DESK),
    ("goals", "leadership", "/goals/", DESK),
    ("report", "leadership", "/reports/3/", DESK),
    ("partner-home", "partner", "/", PHONE),
    ("answer", "partner", "/requests/183/", PHONE),
]


@contextmanager
def started() -> Iterator[Spoor]:
    """Spoor with its example, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        spoor = Spoor(Path(folder))
        try:
            spoor.wait_until_up()
            yield spoor
        finally:
            spoor.stop()


def addresses(spoor: Spoor) -> dict[str, list[str]]:
    """What tests/walk.py says there is to see in this installation."""
    environment = {**os.environ, "SPOOR_DATA_DIR": str(spoor.data)}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", TELL],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def sit_down(
    browser: Browser, spoor: Spoor, person: str, size: tuple[int, int], language: str
) -> Page:
    """Somebody at a screen of this size, signed in."""
    base = f"http://127.0.0.1:{spoor.port}"
    context = browser.new_context(
        base_url=base,
        viewport={"width": size[0], "height": size[1]},
        locale=language,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/sign-in/")
    if person:
        page.get_by_role("button", name=person).click()
        page.wait_for_url(lambda url: "sign-in" not in url)
    context.add_cookies([{"name": "django_language", "value": language, "url": base}])
    return page


def of_the_readme(browser: Browser, spoor: Spoor) -> None:
    """The pictures that the README shows, as large as a screen."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, role, path, size in SHOWN:
        page = sit_down(browser, spoor, PEOPLE[role], size, "nl")
        answer = page.goto(path)
        if answer is None or not answer.ok:
            sys.exit(f"There is no {path} for {role}: choose another page for {name}.")
        page.screenshot(path=TARGET / f"{name}.png")
        page.context.close()
        sys.stdout.write(f"{name}: {path}\n")


def of_everything(browser: Browser, spoor: Spoor, target: Path, languages: list[str]) -> None:
    """Every page that a role may see, whole."""
    where = addresses(spoor)
    for language in languages:
        for role, person in PEOPLE.items():
            for width in (1280, 320):
                page = sit_down(browser, spoor, person, (width, 900), language)
                folder = target / f"{role}-{language}-{width}"
                folder.mkdir(parents=True, exist_ok=True)
                for path in (path for paths in where.values() for path in paths):
                    if "export=" in path:
                        continue
                    answer = page.goto(path)
                    own = role != "stranger" or page.url.endswith(path)
                    if answer and answer.ok and own:
                        name = re.sub(r"[^\w.-]+", "_", path).strip("_") or "home"
                        page.screenshot(path=folder / f"{name}.png", full_page=True)
                page.context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="FOLDER")
    parser.add_argument("--languages", nargs="+", default=["nl"])
    options = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if chromium is None:
        sys.exit("Install Chromium by your system's packages first.")
    with started() as spoor, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        if options.all:
            of_everything(browser, spoor, options.all, options.languages)
        else:
            of_the_readme(browser, spoor)
        browser.close()


if __name__ == "__main__":
    main()
