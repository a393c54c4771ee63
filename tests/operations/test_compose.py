"""What docker-compose.yml and the Dockerfile promise can be kept: there is no engine here to ask,
so each command, variable and step is looked up where it must be."""

import ast
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = sorted(name for name, service in SERVICES.items() if "build" in service)
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")
EXAMPLE = (ROOT / ".env.example").read_text()
VARIABLE = re.compile(r"^#?([A-Z][A-Z_]+)=(.*)$", re.MULTILINE)


def steps(word: str) -> list[str]:
    """What follows a word of the Dockerfile, in order."""
    return re.findall(rf"^{word} +(.+)$", DOCKERFILE, re.MULTILINE)


def commands(service: dict[str, Any]) -> list[list[str]]:
    """The commands that a service runs: its own, or else the image's; `sh -c` is unfolded."""
    words = service.get("command") or ast.literal_eval(steps("CMD")[-1])
    if words[:2] == ["sh", "-c"]:
        return [shlex.split(one) for one in words[2].split("&&")]
    return [list(map(str, words))]


def variables_read() -> set[str]:
    """Every variable that the settings ask for."""
    text = "".join(path.read_text() for path in (ROOT / "tracker" / "settings").glob("*.py"))
    return set(re.findall(r'env\.\w+\(\s*"(SPOOR_\w+)"', text))


def test_the_services_are_those_of_the_design() -> None:
    assert set(SERVICES) == {"postgres", "redis", "migrate", "web", "worker", "beat"}
    assert OURS == ["beat", "migrate", "web", "worker"]


@pytest.mark.parametrize("name", OURS)
def test_every_command_exists(name: str) -> None:
    programs = Path(sys.executable).parent
    health = SERVICES[name].get("healthcheck", {}).get("test", ["CMD"])[1:]
    for words in [*commands(SERVICES[name]), health]:
        if not words:
            continue
        assert (programs / words[0]).exists(), words
        if "manage.py" in words:
            assert words[words.index("manage.py") + 1] in get_commands(), words
        if "-c" in words and words[0] == "python":
            compile(words[words.index("-c") + 1], name, "exec")


def test_the_celery_and_gunicorn_commands_name_what_is_there() -> None:
    assert commands(SERVICES["web"])[0][-1] == "tracker.wsgi"
    for name in ("worker", "beat"):
        words = commands(SERVICES[name])[0]
        assert words[:4] == ["celery", "-A", "tracker", name]
    assert (ROOT / "tracker" / "wsgi.py").exists()
    assert (ROOT / "tracker" / "celery.py").exists()


def test_every_variable_is_in_the_example_and_the_other_way_round() -> None:
    known = {name for name, _value in VARIABLE.findall(EXAMPLE)}
    text = (ROOT / "docker-compose.yml").read_text()
    in_compose = set(re.findall(r"\$\{([A-Z_]+)", text))
    in_compose |= set(re.findall(r'environ\["([A-Z_]+)"\]', text))
    wanted = in_compose | variables_read()
    assert wanted - known == set(), "not in .env.example"
    assert known - wanted == set(), "in .env.example, but nothing reads it"


def test_there_is_no_default_secret() -> None:
    values = dict(re.findall(r"^([A-Z][A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE))
    secret = {"SPOOR_SECRET_KEY", "POSTGRES_PASSWORD", "SPOOR_DATABASE_URL", "SPOOR_SMTP_URL"}
    assert {name: values[name] for name in secret} == dict.fromkeys(secret, "")
    password = SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"]
    assert password.startswith("${POSTGRES_PASSWORD:?"), "compose refuses to start without one"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_every_service_restarts_and_has_limits(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == ("on-failure" if name == "migrate" else "unless-stopped")
    assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}
    assert ("healthcheck" in service) == (name != "migrate"), "what ends needs no health check"
    if name not in OURS:
        assert re.fullmatch(r"[a-z]+:\d+", service["image"]), "a version, never 'latest'"


def test_the_migration_runs_once_and_before_all_others() -> None:
    assert [words[2] for words in commands(SERVICES["migrate"])] == ["migrate", "collectstatic"]
    for name in ("web", "worker", "beat"):
        waits = SERVICES[name]["depends_on"]
        assert waits["migrate"] == {"condition": "service_completed_successfully"}
        assert waits["redis"] == {"condition": "service_healthy"}


def test_what_must_last_lies_on_named_volumes() -> None:
    volumes = {name: service["volumes"][0] for name, service in SERVICES.items()}
    assert volumes["postgres"] == "postgres:/var/lib/postgresql/data"
    assert volumes["redis"] == "redis:/data"
    assert {volumes[name] for name in OURS} == {"data:/data"}
    assert set(COMPOSE["volumes"]) == {"postgres", "redis", "data"}
    assert SERVICES["redis"]["command"][1:3] == ["--appendonly", "yes"]


def test_only_the_web_can_be_reached_and_only_from_this_host() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:8000:8000"]}


def test_the_image_is_made_by_the_steps_of_setup() -> None:
    """`make setup` is what a newcomer and CI run: the image has no recipe of its own."""
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"make ([a-z]+)", " ".join(steps("RUN"))))
    assert targets == {"setup"}
    assert re.search(r"^setup:", makefile, re.MULTILINE)
    assert re.search(r"^test: setup", makefile, re.MULTILINE)
    assert "make test" in (ROOT / ".ci" / "run").read_text()


def test_the_image_runs_as_nobody_in_particular() -> None:
    assert len(steps("FROM")) == 2, "what builds is not shipped"
    assert steps("USER") == ["spoor"]
    assert DOCKERFILE.index("\nUSER ") < DOCKERFILE.index("\nCMD ")
    assert "DJANGO_SETTINGS_MODULE=tracker.settings.production" in DOCKERFILE
    for source in " ".join(steps("COPY")[:2]).split():
        assert source == "./" or (ROOT / source).exists(), source
