"""Tell the worker that there is work, without ever making anybody wait for the broker.

The database is the queue and the sweep finds everything that is due: a wake-up only makes it
sooner. So a broker that is away, frozen or full costs half a second and a line in the log.
"""

import logging
from functools import partial

from celery import current_app  # noqa: TID251
from django.db import transaction

LONGEST_WAIT = 0.5  # seconds, for each of connecting and answering
IMPATIENT = {
    "socket_connect_timeout": LONGEST_WAIT,
    "socket_timeout": LONGEST_WAIT,
    "retry_on_timeout": False,
    "health_check_interval": 0,
    "max_retries": 0,
}

logger = logging.getLogger(__name__)


def wake(task_name: str, *ids: int | str) -> None:
    """Publish a task by name once the present transaction is committed; nothing on rollback.

    Returns at once outside the commit itself, never raises, and never waits longer than about
    a second: a failure is logged and the next sweep catches up.
    """
    transaction.on_commit(partial(_publish, task_name, ids), robust=True)


def _publish(task_name: str, ids: tuple[int | str, ...]) -> None:
    # A connection of its own: the worker's is patient, and a pooled one may have gone stale.
    try:
        with current_app.connection_for_write(
            connect_timeout=LONGEST_WAIT, transport_options=IMPATIENT
        ) as connection:
            current_app.send_task(task_name, args=ids, connection=connection, retry=False)
    except Exception as error:  # noqa: BLE001
        logger.warning("Could not wake %s (%s); the sweep will catch up.", task_name, error)
