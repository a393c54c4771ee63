"""What plan shows on the pages of a quote and of an organisation, and of an intervention."""

import datetime
from collections import Counter
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actions.organisations.models import Organisation
from actions.plan.models import (
    Commitment,
    CommitmentQuerySet,
    Intervention,
    Involvement,
    InvolvementRole,
    QuoteLink,
    with_answer,
)
from quotes.models import Kind, Quote


def answer_panel(request: HttpRequest, quote: Quote) -> dict[str, Any] | None:
    """How an ambition is answered, and what the reader may do about it; nothing for others."""
    if quote.section.kind != Kind.AMBITION or quote.pull_quote_of_id:
        return None
    actor = request.actor  # type: ignore[attr-defined]
    known = list(QuoteLink.objects.visible_to(actor).for_quote_and_kin(quote))
    answered = with_answer(Quote.objects.visible_to(actor)).get(pk=quote.pk)
    may_link = actor.may("plan.link") and quote.state != "withdrawn"
    aside = hasattr(answered, "disposition")
    return {
        "quote": answered,
        "links": [link for link in known if link.quote_id == quote.pk],
        "proposals": proposals(quote, known) if may_link and not aside else [],
        "may_link": may_link,
        "may_confirm": actor.may("plan.confirm"),
    }


def proposals(quote: Quote, known: list[QuoteLink]) -> list[dict[str, Any]]:
    """The links of the quotes that this one came from, to interventions that still answer and are
    not linked here: each intervention once. They are proposed, never copied."""
    linked = {link.intervention_id for link in known if link.quote_id == quote.pk}
    found: dict[int, dict[str, Any]] = {}
    for link in known:
        if link.quote_id == quote.pk or link.intervention_id in linked or not link.live:  # type: ignore[attr-defined]
            continue
        source = link.quote
        reference = source.full_reference
        if source.anthology_id != quote.anthology_id:
            reference = f"{source.anthology.code}:{source.reference}"
        found.setdefault(link.intervention_id, {"link": link, "reference": reference})
    return list(found.values())


def parts_panel(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What an organisation leads, co-leads and helps with; what ended comes last. One query."""
    today = timezone.localdate()
    rows: dict[int, Involvement] = {}
    for row in Involvement.objects.of_organisation(organisation, today):
        rows.setdefault(row.intervention_id, row)  # two groups may take part in the same one
    found = list(rows.values())
    counts = Counter(row.role for row in found if row.live)  # type: ignore[attr-defined]
    return {
        "going_on": [row for row in found if row.live],  # type: ignore[attr-defined]
        "ended": [row for row in found if not row.live],  # type: ignore[attr-defined]
        "counts": _count_words(counts),
    }


def _count_words(counts: Counter[str]) -> str:
    """'Leads 3, co-leads 1, helps with 7', without what is nothing."""
    words = {
        InvolvementRole.LEAD: _("leads %(count)s"),
        InvolvementRole.CO_LEAD: _("co-leads %(count)s"),
        InvolvementRole.INVOLVED: _("helps with %(count)s"),
    }
    said = [text % {"count": counts[role]} for role, text in words.items() if counts[role]]
    return capfirst(", ".join(said))


def owned_commitments_panel(
    request: HttpRequest, organisation: Organisation
) -> dict[str, Any] | None:
    """The commitments that an organisation answers for; nothing where it has none. One query."""
    visible = Commitment.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return _commitments(visible.filter(owner=organisation))


def commitments_panel(request: HttpRequest, intervention: Intervention) -> dict[str, Any] | None:
    """The commitments that an intervention answers; nothing where there is none. One query."""
    visible = Commitment.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    return _commitments(visible.filter(interventions=intervention))


def _commitments(found: CommitmentQuerySet) -> dict[str, Any] | None:
    today: datetime.date = timezone.localdate()
    rows = [{"commitment": one, "late": one.is_late(today)} for one in found.by_urgency()]
    return {"rows": rows} if rows else None
