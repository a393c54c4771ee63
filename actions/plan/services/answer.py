"""How the office answers a quote: links, and the judgement on them.

Every function is atomic, locks the quote first, and raises ValidationError with a sentence for
people when a rule forbids the deed.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from actions.organisations.models import User
from actions.plan.models import (
    AnswerVerdict,
    Disposition,
    Extent,
    Intervention,
    LinkStrength,
    QuoteLink,
)
from actions.plan.services.quote import clean_row, lock_answerable, lock_quote
from quotes.models import Quote
from tracker.audit.services import record


@transaction.atomic
def link_quote(
    *,
    quote: Quote,
    interventions: Iterable[Intervention],
    strength: str = LinkStrength.ANSWERS,
    rationale: str,
    actor: User | None,
) -> list[QuoteLink]:
    """Say that the interventions answer the quote, and why. A judgement on the quote stands.

    Refused without a rationale, for a quote that was set aside, and for an intervention that is
    linked already: then none of the links is made.
    """
    chosen = list(interventions)
    rationale = rationale.strip()
    lock_answerable(quote)
    if not chosen:
        raise ValidationError(_("Choose at least one intervention."))
    if not rationale:
        raise ValidationError(_("Say in one sentence why this fits."))
    if Disposition.objects.filter(quote=quote).exists():
        raise ValidationError(
            _("This ambition was set aside or is a duplicate. Withdraw that before you link it.")
        )
    links = [
        QuoteLink(
            quote=quote,
            intervention=intervention,
            strength=strength,
            rationale=rationale,
            linked_by=actor,
        )
        for intervention in chosen
    ]
    made = _store_links(links, actor)
    for link in made:
        record(verb="plan.link", subject=link, actor=actor, after=_link_facts(link))
    return made


@transaction.atomic
def unlink_quote(*, link: QuoteLink, actor: User | None) -> Model:
    """Remove a link and return the row of its history, from which it can be restored.

    The judgement of the quote lapses with its last link: there is nothing left to judge.
    """
    quote = lock_quote(link.quote)
    if not QuoteLink.objects.filter(pk=link.pk).exists():
        raise ValidationError(_("This link was removed before."))
    record(verb="plan.unlink", subject=link, actor=actor, before=_link_facts(link))
    link._history_user = actor  # type: ignore[attr-defined]
    link.delete()
    if not QuoteLink.objects.filter(quote=quote).exists():
        _drop_verdict(quote, actor)
    return QuoteLink.history.filter(
        quote_id=quote.pk, intervention_id=link.intervention_id, history_type="-"
    ).latest("history_date", "history_id")


@transaction.atomic
def restore_link(*, quote: Quote, history_id: int, actor: User | None) -> list[QuoteLink]:
    """Make a removed link again, as it was; refused by the same rules as a new one."""
    removed = QuoteLink.history.filter(
        history_id=history_id, quote_id=quote.pk, history_type="-"
    ).first()
    if removed is None:
        raise ValidationError(_("This link cannot be restored."))
    return link_quote(
        quote=quote,
        interventions=[removed.intervention],
        strength=removed.strength,
        rationale=removed.rationale,
        actor=actor,
    )


@transaction.atomic
def judge_answer(
    *, quote: Quote, extent: str, remains_open: str = "", actor: User | None
) -> AnswerVerdict:
    """Say whether the linked interventions answer the quote fully or partly; replaces the last
    judgement. Refused without links, and for 'partly' without saying what remains open."""
    lock_answerable(quote)
    if not QuoteLink.objects.filter(quote=quote).exists():
        raise ValidationError(_("There is nothing to judge yet: link an intervention first."))
    verdict = AnswerVerdict.objects.filter(quote=quote).first() or AnswerVerdict(quote=quote)
    before = {"extent": verdict.extent, "remains_open": verdict.remains_open}
    verdict.extent = extent
    verdict.remains_open = remains_open.strip() if extent == Extent.PARTLY else ""
    verdict.judged_by = actor
    clean_row(verdict)
    verdict.save()
    after = {"extent": verdict.extent, "remains_open": verdict.remains_open}
    record(verb="plan.judge", subject=verdict, actor=actor, before=before, after=after)
    return verdict


def _store_links(links: list[QuoteLink], actor: User | None) -> list[QuoteLink]:
    """Store all or none; the unique constraint is the last word when two people link at once."""
    quote_id = links[0].quote_id
    ids = [link.intervention_id for link in links]
    known = Intervention.objects.filter(pk__in=ids, quote_links__quote=quote_id)
    codes = list(known.order_by("code").values_list("code", flat=True))
    if codes:
        raise ValidationError(
            _("This ambition is already linked to %(codes)s."), params={"codes": ", ".join(codes)}
        )
    try:
        with transaction.atomic():
            return bulk_create_with_history(links, QuoteLink, default_user=actor)
    except IntegrityError as clash:
        raise ValidationError(
            _("Somebody else just linked this ambition. Look at the links and try again.")
        ) from clash


def _drop_verdict(quote: Quote, actor: User | None) -> None:
    verdict = AnswerVerdict.objects.filter(quote=quote).first()
    if verdict is None:
        return
    before = {"extent": verdict.extent, "remains_open": verdict.remains_open}
    record(verb="plan.drop_judgement", subject=verdict, actor=actor, before=before)
    verdict._history_user = actor  # type: ignore[attr-defined]
    verdict.delete()


def _link_facts(link: QuoteLink) -> dict[str, str]:
    return {
        "quote": link.quote.full_reference,
        "intervention": link.intervention.code,
        "strength": link.strength,
        "rationale": link.rationale,
    }
