"""One strict reader for the environment: an odd value stops the start with a clear sentence."""

import os
from collections.abc import Callable, Mapping
from datetime import time
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
DATABASE_SCHEMES = {
    "sqlite": "django.db.backends.sqlite3",
    "postgres": "django.db.backends.postgresql",
    "postgresql": "django.db.backends.postgresql",
}


class Environment:
    """Reads `SPOOR_*` variables; every refusal names the variable and what is allowed."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values

    def text(self, name: str, default: str | None = None) -> str:
        """The variable as text; without a default an absent or empty one is refused."""
        value = self.values.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(f"{name} is not set. Set it; .env.example says to what.")
        return default

    def flag(self, name: str, default: bool) -> bool:
        """A yes/no variable: 1, true, yes, on or 0, false, no, off."""
        value = self.text(name, "yes" if default else "no").lower()
        if value in TRUE:
            return True
        if value in FALSE:
            return False
        raise self._odd(name, value, "yes or no")

    def number(self, name: str, default: int, *, lowest: int, highest: int) -> int:
        """A whole number between `lowest` and `highest`, both allowed."""
        value = self.text(name, str(default))
        if value.isascii() and value.isdigit() and lowest <= int(value) <= highest:
            return int(value)
        raise self._odd(name, value, f"a whole number from {lowest} to {highest}")

    def words(self, name: str, default: str = "") -> list[str]:
        """A list divided by commas; blanks around the words are dropped."""
        return [word.strip() for word in self.text(name, default or " ").split(",") if word.strip()]

    def choice(self, name: str, default: str, allowed: set[str]) -> str:
        """One of a fixed set of words."""
        value = self.text(name, default)
        if value in allowed:
            return value
        raise self._odd(name, value, " or ".join(sorted(allowed)))

    def folder(self, name: str, default: Path) -> Path:
        """An absolute folder path; it need not exist yet, but must not be a file."""
        path = Path(self.text(name, str(default))).expanduser().resolve()
        if path.exists() and not path.is_dir():
            raise self._odd(name, str(path), "a folder")
        return path

    def parsed(self, name: str, default: str | None, parse: Callable[[str], Any], form: str) -> Any:
        """Whatever `parse` makes of the text; its ValueError becomes the refusal."""
        value = self.text(name, default)
        try:
            return parse(value)
        except ValueError as error:
            raise self._odd(name, value, form) from error

    def address(self, name: str, schemes: tuple[str, ...], default: str | None = None) -> str:
        """A URL with one of the schemes and a host, kept as it was written."""
        form = " or ".join(f"{scheme}://host:port" for scheme in schemes)
        return self.parsed(name, default, partial(checked_url, schemes=schemes), form)

    def contact(self, name: str) -> str:
        """Where people turn to, as an address that RFC 9116 knows; empty when nobody is named."""
        form = "mailto:name@example.org, https://… or tel:…"
        return self.parsed(name, "", checked_contact, form)

    def window(self, name: str, default: str) -> str:
        """The hours in which mail may leave: 'always', or '09:00-16:30'."""
        return self.parsed(name, default, checked_window, "'always' or like '09:00-16:30'")

    def database(self, name: str, default: str | None = None) -> dict[str, Any]:
        """A Django database entry from `sqlite:///path` or `postgres://user:pw@host:port/name`."""
        form = "sqlite:///absolute/path or postgres://user:password@host:port/name"
        return self.parsed(name, default, database_from_url, form)

    @staticmethod
    def _odd(name: str, value: str, allowed: str) -> ImproperlyConfigured:
        shown = value if "://" not in value else value.split("://", maxsplit=1)[0] + "://…"
        return ImproperlyConfigured(f"{name} is '{shown}', but must be {allowed}.")


def checked_url(url: str, schemes: tuple[str, ...]) -> str:
    """The URL itself; raises ValueError without one of the schemes, a host or a sound port."""
    parts = urlsplit(url)
    if parts.scheme not in schemes or not parts.hostname or parts.port == 0:
        raise ValueError(url)
    return url


def checked_contact(text: str) -> str:
    """The text itself; raises ValueError unless empty or one line with mailto:, https: or tel:."""
    known = text.startswith(("mailto:", "https://", "tel:"))
    if text and (not known or len(text.split()) != 1 or text.endswith(":")):
        raise ValueError(text)
    return text


def checked_window(text: str) -> str:
    """The text itself; raises ValueError unless 'always' or two times of a day, early to late."""
    if text != "always":
        start, end = (time.fromisoformat(part) for part in text.split("-"))
        if start >= end:
            raise ValueError(text)
    return text


def database_from_url(url: str) -> dict[str, Any]:
    """Turn a database URL into Django's entry; raises ValueError on anything else."""
    parts = urlsplit(url)
    engine = DATABASE_SCHEMES.get(parts.scheme)
    name = unquote(parts.path)
    if engine is None or len(name) < 2 or parts.query or parts.fragment:
        raise ValueError(url)
    if parts.scheme == "sqlite":
        if parts.netloc:
            raise ValueError(url)
        return {"ENGINE": engine, "NAME": name}
    return {
        "ENGINE": engine,
        "NAME": name[1:],
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }
