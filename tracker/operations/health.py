"""Whether this process lives, and whether Spoor as a whole can do its work."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views import View

from actions.monitoring.models import EngineState

LONGEST_SILENCE = timedelta(minutes=5)
NEVER_KEPT = {"Cache-Control": "no-store"}


class LiveView(View):
    """The process answers; asks nothing of anything else."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok\n", content_type="text/plain", headers=NEVER_KEPT)


class ReadyView(View):
    """200 when the database answers, is up to date, and the sweep ran lately; else 503.

    A sweep that has never run yet counts as sound: beat may start after the web process.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        checks = check_readiness()
        ready = all(value == "ok" for value in checks.values())
        return JsonResponse(
            {"ready": ready, "checks": checks},
            status=200 if ready else 503,
            headers=NEVER_KEPT,
        )


def check_readiness() -> dict[str, str]:
    """Each check's name with 'ok' or, in a word or two, what is wrong; no details of the inside."""
    try:
        if pending_migrations():
            return {"database": "ok", "migrations": "pending"}
        pulse = EngineState.objects.filter(heartbeat_at__isnull=False).order_by("-heartbeat_at")
        last = pulse.values_list("heartbeat_at", flat=True).first()
    except DatabaseError:
        return {"database": "unavailable"}
    late = last is not None and timezone.now() - last > LONGEST_SILENCE
    return {"database": "ok", "migrations": "ok", "engine": "silent" if late else "ok"}


def pending_migrations() -> int:
    """How many migrations the database still has to undergo."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
