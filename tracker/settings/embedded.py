"""One machine, nothing else installed: SQLite, files for a broker, files for mail, an example."""

from tracker.settings.base import *  # noqa: F403
from tracker.settings.base import CELERY, DATA_DIR, INSTALLED_APPS, env

SPOOR_EMBEDDED = True
SPOOR_MAIL_WINDOW = env.text("SPOOR_MAIL_WINDOW", "always")
SPOOR_MAIL_TRANSPORT = "file"

INSTALLED_APPS = [*INSTALLED_APPS, "tracker.demo"]
ALLOWED_HOSTS = env.words("SPOOR_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")


def _secret() -> str:
    """A secret of this data folder: made once, readable by its owner only."""
    import secrets

    path = DATA_DIR / "secret-key"
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = env.text("SPOOR_SECRET_KEY", " ").strip() or _secret()

DATABASES = {"default": env.database("SPOOR_DATABASE_URL", f"sqlite://{DATA_DIR / 'spoor.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

CELERY = {
    **CELERY,
    "broker_url": "filesystem://",
    "worker_concurrency": 1,
    "worker_prefetch_multiplier": 1,
}
