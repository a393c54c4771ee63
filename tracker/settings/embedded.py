"""One machine, nothing else installed: SQLite, files for a broker, files for mail, an example."""

import contextlib
import os
import secrets

from tracker.settings.base import *  # noqa: F403
from tracker.settings.base import CELERY, DATA_DIR, INSTALLED_APPS, env

SPOOR_EMBEDDED = True
SPOOR_MAIL_WINDOW = env.window("SPOOR_MAIL_WINDOW", "always")
SPOOR_MAIL_TRANSPORT = "file"
# Asked of who signs in as a person of the example; `serve` makes one for an address that others
# can reach. Empty: nothing is asked.
SPOOR_DEMO_PASSWORD = env.text("SPOOR_DEMO_PASSWORD", "")
# Who the sign-in page proposes to be first: one person of each kind, the ones the README follows.
SPOOR_DEMO_SUGGESTED = (
    "sanne.dekker@programmabureau.example",
    "marijke.vanderlaan@regiegroep.example",
    "esra.yildiz@politie.example",
)

INSTALLED_APPS = [*INSTALLED_APPS, "tracker.demo"]
ALLOWED_HOSTS = env.words("SPOOR_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")


def _secret() -> str:
    """A secret of this data folder: made once, whole or not at all, for its owner's eyes only."""
    path = DATA_DIR / "secret-key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = DATA_DIR / f"secret-key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()


SECRET_KEY = env.text("SPOOR_SECRET_KEY", "") or _secret()

OWN_DATABASE = f"sqlite://{DATA_DIR / 'spoor.sqlite3'}"
DATABASES = {"default": env.database("SPOOR_DATABASE_URL", OWN_DATABASE)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

# One folder is the queue: what is written there is what the worker reads.
BROKER_DIR = DATA_DIR / "broker"
for folder in (BROKER_DIR / "queue", BROKER_DIR / "control"):
    folder.mkdir(parents=True, exist_ok=True)
CELERY = {
    **CELERY,
    "broker_url": "filesystem://localhost//",
    "broker_transport_options": {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "control_folder": str(BROKER_DIR / "control"),
    },
    "worker_pool": "solo",
    "worker_concurrency": 1,
}
