"""The Celery app. The database is the queue: tasks are only wake-ups."""

import os

from celery import Celery
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings.embedded")

app = Celery("spoor")
# The app of every thread: gunicorn serves with threads, and Celery's own default is per thread.
app.set_default()
# Read when first needed: the settings package itself imports this module on its way in.
app.add_defaults(lambda: settings.CELERY)
app.autodiscover_tasks()
