"""What every environment shares. The other modules only override."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from tracker.schedule import BEAT_SCHEDULE
from tracker.settings.reader import Environment

env = Environment()
BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = env.folder("SPOOR_DATA_DIR", BASE_DIR / "var")

SPOOR_EMBEDDED = False
SPOOR_BASE_URL = env.address("SPOOR_BASE_URL", ("http", "https"), "http://127.0.0.1:8000").rstrip(
    "/"
)
# Who is told that something is unsafe, at /.well-known/security.txt: mailto:, https: or tel:.
SPOOR_SECURITY_CONTACT = env.contact("SPOOR_SECURITY_CONTACT")
SPOOR_MAIL_FROM = env.text("SPOOR_MAIL_FROM", "Spoor <spoor@localhost>")

DEBUG = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
AUTH_USER_MODEL = "organisations.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "tracker.shared",
    "tracker.audit",
    "quotes",
    "actions.organisations",
    "actions.plan",
    "actions.indicators",
    "actions.monitoring",
    "actions.reports",
    "tracker.operations",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "simple_history",
    "tree_queries",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "tracker.shared.middleware.PlainAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "actions.organisations.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tracker.shared.menu.context",
            ],
            "builtins": ["tracker.shared.templatetags.spoor"],
        },
    },
]

AUTHENTICATION_BACKENDS = ["actions.organisations.access.RoleBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60  # how long the link of an invitation holds
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "tracker" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"  # shown; the database keeps UTC

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    ("vendor/plex", NODE_MODULES / "@fontsource" / "ibm-plex-sans" / "files"),
    *(
        (f"vendor/utrecht/{folder.parent.name}", folder)
        for folder in sorted(NODE_MODULES.glob("@utrecht/*/dist"))
    ),
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# Who is asked when: the window in which scheduled mail may leave, 'always' or '09:00-16:30'.
SPOOR_MAIL_WINDOW = env.window("SPOOR_MAIL_WINDOW", "09:00-16:30")

# Early acknowledgement, no results: a task that is lost costs a minute (tracker.shared.wake).
CELERY = {
    "timezone": "UTC",
    "enable_utc": True,
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_ignore_result": True,
    "task_acks_late": False,
    "task_time_limit": 300,
    "task_soft_time_limit": 270,
    "worker_hijack_root_logger": False,
    "worker_enable_remote_control": False,
    "worker_prefetch_multiplier": 1,
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "beat_schedule": BEAT_SCHEDULE,
    # In memory: an interval needs no memory, and a file could be torn by a crash.
    "beat_scheduler": "celery.beat:Scheduler",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
