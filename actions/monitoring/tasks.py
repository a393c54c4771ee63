"""Wake-ups: the database is the queue, so a lost task costs at most a minute."""

from celery import shared_task
from django.utils import timezone

from actions.monitoring.services import sweep


@shared_task(
    name="monitoring.sweep",
    ignore_result=True,
    acks_late=False,
    soft_time_limit=270,
    time_limit=300,
)
def sweep_task() -> None:
    """Do what is due."""
    sweep(now=timezone.now())
