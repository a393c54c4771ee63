"""PostgreSQL, Redis, SMTP; every secret from the environment, nothing of the example."""

from django.core.exceptions import ImproperlyConfigured

from tracker.settings.base import *  # noqa: F403
from tracker.settings.base import CELERY, env

SECRET_KEY = env.text("SPOOR_SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or "change" in SECRET_KEY.lower():
    raise ImproperlyConfigured(
        "SPOOR_SECRET_KEY must be a secret of your own of at least 50 varied characters."
    )
ALLOWED_HOSTS = env.words("SPOOR_ALLOWED_HOSTS")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("SPOOR_ALLOWED_HOSTS is not set. Name the hosts, comma between.")
SPOOR_BASE_URL = env.address("SPOOR_BASE_URL", ("https", "http")).rstrip("/")
CSRF_TRUSTED_ORIGINS = [SPOOR_BASE_URL]

DATABASES = {"default": env.database("SPOOR_DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

SPOOR_MAIL_TRANSPORT = "smtp"
SPOOR_SMTP_URL = env.address("SPOOR_SMTP_URL", ("smtp",))
SPOOR_MAIL_FROM = env.text("SPOOR_MAIL_FROM")

SECURE_SSL_REDIRECT = env.flag("SPOOR_HTTPS", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = SECURE_SSL_REDIRECT
CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT

CELERY = {
    **CELERY,
    "broker_url": env.address("SPOOR_REDIS_URL", ("redis", "rediss")),
    "worker_disable_prefetch": True,
    "broker_transport_options": {
        "visibility_timeout": 300,
        "socket_connect_timeout": 5,
        "socket_timeout": 30,
        "socket_keepalive": True,
        "health_check_interval": 25,
    },
}
