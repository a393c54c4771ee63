"""A walk past every address of the loaded example: one or more for each url, by what they show."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import NoReverseMatch, get_resolver, reverse

from actions.indicators.models import Indicator
from actions.monitoring.models import (
    MonitoringRound,
    OutgoingMail,
    StatusUpdate,
    UpdateRequest,
)
from actions.organisations.models import Organisation
from actions.plan.models import Commitment, Intervention
from actions.reports.models import Ambition, Decision, Report
from quotes.models import ImportRun, Quote
from tests.test_access import mounted

# Answers to a form that was sent, and what has no page of its own to look at.
NO_PAGE = {
    "demo-login",
    "logout",
    "set_language",
    "health-live",
    "health-ready",
    "security-txt",
    "plan:verdict",
    "reports:report-advance",
    "plan:unlink",
    "plan:relink",
    "plan:confirm-disposition",
    "plan:withdraw-disposition",
    "quotes:sheet",
}


def one_of_each(queryset: Any, field: str, key: str = "pk") -> list[dict[str, Any]]:
    """The first row for each value of a field, as what a url asks for."""
    seen: dict[Any, Any] = {}
    for value, found in queryset.order_by("pk").values_list(field, key):
        seen.setdefault(value, found)
    return [{key: found} for found in seen.values()]


def ambitions() -> list[dict[str, Any]]:
    """One for each state of coverage."""
    seen: dict[Any, str] = {}
    for one in Ambition.objects.ambitions().with_coverage().select_related("anthology"):
        seen.setdefault((one.coverage, one.proposed_aside), one.full_reference)
    return [{"reference": reference} for reference in seen.values()]


def quotes() -> list[dict[str, Any]]:
    """One of each kind, and one for each state of coverage."""
    kinds = Quote.objects.select_related("anthology", "section").order_by("-pk")
    first = {one.section.kind: one.full_reference for one in kinds}
    return [{"reference": reference} for reference in first.values()] + ambitions()


def desks() -> list[dict[str, Any]]:
    """The desk of the page that is read best and worst, and of what has no page number."""
    pages = Quote.objects.counted().exclude(page=None).select_related("anthology")
    found = [
        pages.order_by("confidence", "pk").first(),
        pages.order_by("-confidence", "pk").first(),
    ]
    named = [{"code": one.anthology.code, "page": one.page} for one in found if one]
    return named + [{"code": one["code"], "page": 0} for one in named[:1]]


def interventions() -> list[dict[str, Any]]:
    return one_of_each(Intervention.objects.all(), "traffic_light", "code")


def rounds() -> list[dict[str, Any]]:
    return one_of_each(MonitoringRound.objects.all(), "state")


def requests() -> list[dict[str, Any]]:
    return one_of_each(UpdateRequest.objects.all(), "state")


def updates() -> list[dict[str, Any]]:
    return one_of_each(StatusUpdate.objects.all(), "request__state")


def commitments() -> list[dict[str, Any]]:
    return one_of_each(Commitment.objects.all(), "state", "number")


def decisions() -> list[dict[str, Any]]:
    return one_of_each(Decision.objects.all(), "state")


def indicators() -> list[dict[str, Any]]:
    return one_of_each(Indicator.objects.all(), "direction", "code")


def organisations() -> list[dict[str, Any]]:
    return one_of_each(Organisation.objects.all(), "kind")


def reports() -> list[dict[str, Any]]:
    return [{"pk": pk} for pk in Report.objects.values_list("round_id", flat=True)]


def mails() -> list[dict[str, Any]]:
    return list(OutgoingMail.objects.sent().values("pk")[:2])


SAMPLES: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "welcome": lambda: [{"uidb64": "MQ", "token": "none"}],
    "quotes:detail": quotes,
    "quotes:desk": desks,
    "quotes:import-run": lambda: one_of_each(ImportRun.objects.all(), "state"),
    "reports:trace": ambitions,
    "plan:link": ambitions,
    "plan:set-aside": ambitions,
    "plan:intervention": interventions,
    "plan:intervention-edit": interventions,
    "plan:commitment": commitments,
    "plan:commitment-edit": commitments,
    "plan:commitment-close": commitments,
    "indicators:indicator": indicators,
    "indicators:measure": indicators,
    "monitoring:round": rounds,
    "monitoring:round-open": rounds,
    "monitoring:round-close": rounds,
    "monitoring:answer": requests,
    "monitoring:extend": requests,
    "monitoring:update": updates,
    "monitoring:mailbox-mail": mails,
    "monitoring:mailbox-html": mails,
    "organisations:organisation": organisations,
    "reports:decision": decisions,
    "reports:decision-take": decisions,
    "reports:decision-outcome": decisions,
    "reports:report": reports,
}

# What a list page shows when something is chosen.
CHOSEN = {
    "reports:coverage": ["?coverage=uncovered", "?coverage=set_aside"],
    "plan:interventions": ["?light=off_track", "?export=csv"],
    "quotes:list": ["?page=2", "?show=unsure", "?q=slachtoffer", "?q=%22"],
    "quotes:returns": ["?show=confirmed", "?show=refused"],
}


def addresses(names: Iterable[str]) -> dict[str, list[str]]:
    """The addresses to visit, by the url's name; every name must be known here."""
    found: dict[str, list[str]] = {}
    for name in sorted(set(names) - NO_PAGE):
        if name in SAMPLES:
            found[name] = [reverse(name, kwargs=one) for one in SAMPLES[name]()]
            continue
        try:
            found[name] = [reverse(name)]
        except NoReverseMatch as error:
            raise LookupError(f"tests/walk.py does not know how to visit {name}") from error
        found[name] += [found[name][0] + query for query in CHOSEN.get(name, [])]
    return found


def visits() -> dict[str, list[str]]:
    """The addresses of every url there is."""
    return addresses(mounted(get_resolver().url_patterns))
