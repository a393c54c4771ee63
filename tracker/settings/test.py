"""As embedded, but fast and in memory; SPOOR_DATABASE_URL chooses PostgreSQL."""

import tempfile
from pathlib import Path

from tracker.settings.base import *  # noqa: F403
from tracker.settings.base import CELERY, INSTALLED_APPS, env

SPOOR_EMBEDDED = True
SPOOR_MAIL_WINDOW = "always"
SPOOR_MAIL_TRANSPORT = "file"
SPOOR_DEMO_PASSWORD = ""
SECRET_KEY = "only-for-tests"  # noqa: S105
DATA_DIR = Path(tempfile.mkdtemp(prefix="spoor-test-"))
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir()
INSTALLED_APPS = [*INSTALLED_APPS, "tracker.demo"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {"default": env.database("SPOOR_DATABASE_URL", f"sqlite://{DATA_DIR / 'test.sqlite3'}")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY = {**CELERY, "broker_url": "memory://"}
