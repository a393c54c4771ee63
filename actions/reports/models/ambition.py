"""The chain as a whole: an ambition with all that came of it."""

from typing import Any, Self

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actions.indicators.models import Indicator, InterventionIndicator
from actions.monitoring.models import RequestState, RoundKind, RoundState, UpdateRequest
from actions.plan.models import (
    DeliveryState,
    Disposition,
    Intervention,
    Involvement,
    InvolvementRole,
    QuoteLink,
)
from quotes.models import Quote, QuoteQuerySet
from tracker.shared.access import Actor


class CoverageState(models.TextChoices):
    """Where an ambition stands (actions.reports.stations), in the reader's words."""

    UNCOVERED = "uncovered", pgettext_lazy("coverage", "open")
    LINKED = "linked", pgettext_lazy("coverage", "linked")
    OWNED = "owned", pgettext_lazy("coverage", "owned")
    MEASURED = "measured", pgettext_lazy("coverage", "measured")
    REPORTED = "reported", pgettext_lazy("coverage", "reported")
    SET_ASIDE = "set_aside", pgettext_lazy("coverage", "set aside")
    DUPLICATE = "duplicate", pgettext_lazy("coverage", "duplicate")


def asked_in_closed_reports() -> models.QuerySet[UpdateRequest]:
    """Requests that count for *reported*: put in a report round that is closed, and not taken
    back or waived."""
    return UpdateRequest.objects.filter(
        round__kind=RoundKind.REPORT, round__state=RoundState.CLOSED
    ).exclude(state__in=[RequestState.WITHDRAWN, RequestState.WAIVED])


def reported_interventions() -> models.QuerySet[Intervention]:
    """Interventions with an accepted answer in the last closed report round that asked them.

    A completed one counts with any accepted answer, for ever: it is not asked again.
    """
    mine = asked_in_closed_reports().filter(intervention=OuterRef("pk"))
    later = asked_in_closed_reports().filter(
        Q(round__deadline__gt=OuterRef("round__deadline"))
        | Q(round__deadline=OuterRef("round__deadline"), round__gt=OuterRef("round")),
        intervention=OuterRef("intervention"),
    )
    accepted = mine.filter(state=RequestState.ACCEPTED)
    return Intervention.objects.filter(
        Q(delivery_state=DeliveryState.COMPLETED) & Exists(accepted)
        | Exists(accepted.filter(~Exists(later)))
    )


def _link_facts() -> dict[str, Any]:
    """What can be said of one link's intervention, as conditions on the joined link."""
    intervention = OuterRef("links__intervention")
    live = Exists(Intervention.objects.live().filter(pk=intervention))
    leads = Involvement.objects.filter(role=InvolvementRole.LEAD, intervention=intervention)
    measuring = InterventionIndicator.objects.filter(
        intervention=intervention, indicator__in=Indicator.objects.measuring()
    )
    reported = Exists(reported_interventions().filter(pk=intervention))
    running = Q(links__intervention__delivery_state=DeliveryState.RUNNING)
    asked = Exists(asked_in_closed_reports().filter(intervention=intervention))
    return {
        "live_links": Count("links", filter=live),
        "owned_links": Count("links", filter=live & Exists(leads)),
        "measured_links": Count("links", filter=live & Exists(measuring)),
        "reported_links": Count("links", filter=live & reported),
        "silent_links": Count("links", filter=live & (running | asked) & ~reported),
    }


class AmbitionQuerySet(QuoteQuerySet):
    def visible_to(self, actor: Actor) -> Self:
        return super().visible_to(actor).ambitions().once()

    def once(self) -> Self:
        """A quote that returns in a later edition counts there, and there only; as long as what it
        returns as is an ambition that counts, so that none is forgotten."""
        later = Quote.objects.ambitions().filter(returns_from=OuterRef("pk"))
        return self.filter(~Exists(later))

    def with_coverage(self) -> Self:
        """Annotates the counts of links per station and `coverage`, one of CoverageState.

        The same rule as actions.reports.stations.station, in SQL.
        """
        settled = Disposition.objects.filter(quote=OuterRef("pk"), confirmed_by__isnull=False)
        return (
            self.annotate(**_link_facts())
            .annotate(
                proposed_aside=ExpressionWrapper(
                    Q(disposition__isnull=False, disposition__confirmed_by=None),
                    output_field=BooleanField(),
                ),
                extent=Coalesce("verdict__extent", Value("")),
                settled=Coalesce(
                    models.Subquery(settled.values("verdict")[:1]),
                    Value(""),
                    output_field=models.CharField(),
                ),
            )
            .annotate(
                coverage=Case(
                    When(~Q(settled=""), then=F("settled")),
                    When(live_links=0, then=Value(CoverageState.UNCOVERED)),
                    When(owned_links__lt=F("live_links"), then=Value(CoverageState.LINKED)),
                    When(measured_links=0, then=Value(CoverageState.OWNED)),
                    When(
                        silent_links=0,
                        reported_links__gt=0,
                        then=Value(CoverageState.REPORTED),
                    ),
                    default=Value(CoverageState.MEASURED),
                    output_field=models.CharField(),
                )
            )
        )

    def for_coverage_list(self) -> Self:
        """All that a page of the coverage list shows: two queries, whatever its length."""
        links = QuoteLink.objects.live().with_lead().order_by("intervention__code")
        return (
            self.with_coverage()
            .select_related("section", "anthology", "disposition__duplicate_of")
            .prefetch_related(models.Prefetch("links", links, to_attr="live"))
        )


class Ambition(Quote):
    """A quote of an ambition chapter, seen with the whole chain behind it."""

    objects = AmbitionQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("ambition")
        verbose_name_plural = _("ambitions")
        ordering = ("anthology", "section__order", "reference_number", "pk")

    def get_absolute_url(self) -> str:
        return reverse("reports:trace", args=[self.full_reference])

    def get_coverage_label(self) -> str:
        """The word for how far it came; needs `with_coverage`."""
        return str(CoverageState(self.coverage).label)  # type: ignore[attr-defined]
