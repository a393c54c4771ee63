"""Wake-ups: the database is the queue, so a lost task costs at most a minute."""

from celery import shared_task
from django.utils import timezone

from quotes.services.import_worker import work_on, work_on_all
from quotes.services.importing import TASK

# Two thousand pages take longer than other work may.
LONGEST = 30 * 60


@shared_task(
    name=TASK,
    ignore_result=True,
    acks_late=False,
    soft_time_limit=LONGEST,
    time_limit=LONGEST + 30,
)
def imports_task(run: int | None = None) -> None:
    """Read or write one import; without a number, all that wait or fell silent."""
    if run is None:
        work_on_all(now=timezone.now())
    else:
        work_on(pk=run, now=timezone.now())
