"""An odd environment stops the start and says which variable, and what is allowed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from tracker.settings.reader import Environment, database_from_url

ROOT = Path(__file__).resolve().parents[2]
SOUND = {
    "SPOOR_SECRET_KEY": "Nn3e-1kq8Zr_Yw5vT2bJ7mXc9LdHfGs4PaQuVoIiEyRt6KxBzCj0",
    "SPOOR_ALLOWED_HOSTS": "spoor.example.org",
    "SPOOR_BASE_URL": "https://spoor.example.org",
    "SPOOR_DATABASE_URL": "postgres://spoor:pw@localhost:5432/spoor",
    "SPOOR_REDIS_URL": "redis://localhost:6379/0",
    "SPOOR_SMTP_URL": "smtp://localhost:25",
    "SPOOR_MAIL_FROM": "Spoor <spoor@example.org>",
}


def manage(*arguments: str, environment: dict[str, str], data: Path) -> tuple[int, str]:
    """Run manage.py as a person would; returns exit code and everything it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SPOOR_DATA_DIR": str(data), **environment},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


def in_production(changed: dict[str, str | None], data: Path, *command: str) -> tuple[int, str]:
    values = {name: value for name, value in {**SOUND, **changed}.items() if value is not None}
    values["DJANGO_SETTINGS_MODULE"] = "tracker.settings.production"
    return manage(*(command or ("check",)), environment=values, data=data)


@pytest.mark.parametrize("name", sorted(SOUND))
def test_production_refuses_to_start_without_any_of_its_settings(name: str, tmp_path: Path) -> None:
    code, said = in_production({name: None}, tmp_path)
    assert code == 1
    assert f"{name} is not set" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("SPOOR_SECRET_KEY", "change-me" * 8, "a secret of your own"),
        ("SPOOR_SECRET_KEY", "short", "at least 50"),
        ("SPOOR_DATABASE_URL", "mysql://localhost/spoor", "postgres://user:password@host"),
        ("SPOOR_REDIS_URL", "amqp://localhost", "redis://host:port or rediss://host:port"),
        ("SPOOR_SMTP_URL", "mail.example.org", "smtp://host:port"),
        ("SPOOR_BASE_URL", "spoor.example.org", "https://host:port"),
        ("SPOOR_HTTPS", "perhaps", "yes or no"),
        ("SPOOR_MAIL_WINDOW", "17:00-09:00", "'always' or like '09:00-16:30'"),
    ],
)
def test_production_refuses_an_odd_value_and_says_what_is_allowed(
    name: str, value: str, allowed: str, tmp_path: Path
) -> None:
    code, said = in_production({name: value}, tmp_path)
    assert code == 1
    assert name in said
    assert allowed in said
    assert "Traceback" not in said


def test_a_refusal_never_shows_a_password(tmp_path: Path) -> None:
    odd = {"SPOOR_DATABASE_URL": "postgres://spoor:hunter2@localhost:none/spoor"}
    code, said = in_production(odd, tmp_path)
    assert code == 1
    assert "hunter2" not in said


def test_production_settings_pass_the_deployment_check_in_silence(tmp_path: Path) -> None:
    code, said = in_production({}, tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert said.strip() == "System check identified no issues (0 silenced)."
    assert code == 0


def test_nothing_of_the_example_exists_in_production(tmp_path: Path) -> None:
    code, said = in_production({}, tmp_path, "demo")
    assert code == 1
    assert "Unknown command: 'demo'" in said


def test_embedded_makes_its_own_secret_once_for_its_owner_only(tmp_path: Path) -> None:
    show = (
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings as s; print(s.SECRET_KEY)",
    )
    first = manage(*show, environment={}, data=tmp_path)
    second = manage(*show, environment={}, data=tmp_path)
    assert first == second
    assert len(first[1].strip()) > 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    code, said = manage("check", environment={}, data=file)
    assert code == 1
    assert "SPOOR_DATA_DIR" in said
    assert "must be a folder" in said


def test_yes_and_no_are_read_in_every_usual_spelling() -> None:
    for word, meaning in {"1": True, "Yes": True, "on": True, "0": False, "OFF": False}.items():
        assert Environment({"X": word}).flag("X", not meaning) is meaning


def test_a_number_outside_its_bounds_is_refused_with_the_bounds() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"X is '70000'.* from 1 to 65535"):
        Environment({"X": "70000"}).number("X", 8000, lowest=1, highest=65535)


def test_words_are_divided_by_commas_and_blanks_dropped() -> None:
    assert Environment({"X": " a, b ,,c "}).words("X") == ["a", "b", "c"]


def test_a_choice_outside_the_list_is_refused_with_the_list() -> None:
    with pytest.raises(ImproperlyConfigured, match="must be file or smtp"):
        Environment({"X": "pigeon"}).choice("X", "file", {"file", "smtp"})


@given(st.text(st.characters(codec="ascii", exclude_characters="\x00"), max_size=40))
def test_a_database_url_is_understood_or_refused_but_never_half_read(text: str) -> None:
    try:
        entry = database_from_url(text)
    except ValueError:
        return
    assert entry["ENGINE"].startswith("django.db.backends.")
    assert entry["NAME"]


def test_a_password_with_odd_characters_survives_the_url() -> None:
    entry = database_from_url("postgres://a:p%40ss%2Fword@db:5433/spoor")
    assert (entry["PASSWORD"], entry["PORT"]) == ("p@ss/word", "5433")
