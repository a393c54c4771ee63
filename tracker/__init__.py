"""The Django project: settings, urls and Celery. It wires the apps; no app imports it."""

from tracker.celery import app as celery_app

__all__ = ["celery_app"]
