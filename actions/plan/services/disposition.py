"""How an ambition is set aside or called a duplicate: proposed, confirmed, withdrawn.

Every function is atomic, locks the quote first, and raises ValidationError with a sentence for
people when a rule forbids the deed.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actions.organisations.models import User
from actions.plan.models import Disposition, DispositionVerdict, Intervention
from actions.plan.services.quote import clean_row, lock_answerable, lock_quote
from quotes.models import Quote
from tracker.audit.services import record


@transaction.atomic
def propose_disposition(
    *,
    quote: Quote,
    verdict: str,
    reason: str,
    duplicate_of: Quote | None = None,
    actor: User | None,
) -> Disposition:
    """Propose that an ambition gets no intervention of its own, for a reason.

    Refused while live links exist, when it was proposed before, and for a duplicate of a duplicate.
    """
    lock_answerable(quote)
    if Disposition.objects.filter(quote=quote).exists():
        raise ValidationError(_("This ambition was already set aside or called a duplicate."))
    _check_no_live_link(quote)
    if verdict == DispositionVerdict.DUPLICATE:
        _check_duplicate(quote, duplicate_of)
    disposition = Disposition(
        quote=quote,
        verdict=verdict,
        reason=reason.strip(),
        duplicate_of=duplicate_of if verdict == DispositionVerdict.DUPLICATE else None,
        proposed_by=actor,
    )
    clean_row(disposition)
    disposition.save()
    record(
        verb="plan.propose_disposition",
        subject=disposition,
        actor=actor,
        after=_facts(disposition),
    )
    return disposition


@transaction.atomic
def confirm_disposition(
    *, disposition: Disposition, actor: User, on: datetime.date | None = None
) -> Disposition:
    """Confirm what was proposed, on the day of the meeting; refused when it is confirmed."""
    lock_quote(disposition.quote)
    found = Disposition.objects.select_related("quote").filter(pk=disposition.pk).first()
    if found is None:
        raise ValidationError(_("The proposal was withdrawn meanwhile."))
    if found.confirmed_by_id:
        raise ValidationError(_("This was confirmed before."))
    disposition = found
    disposition.confirmed_by = actor
    disposition.confirmed_on = on or timezone.localdate()
    disposition.save()
    record(
        verb="plan.confirm_disposition",
        subject=disposition,
        actor=actor,
        after=_facts(disposition) | {"confirmed_on": disposition.confirmed_on},
    )
    return disposition


@transaction.atomic
def withdraw_disposition(*, disposition: Disposition, actor: User | None) -> Quote:
    """Take a disposition back: the ambition is open again, the history stays. Returns the quote."""
    quote = lock_quote(disposition.quote)
    if not Disposition.objects.filter(pk=disposition.pk).exists():
        raise ValidationError(_("This was withdrawn before."))
    record(
        verb="plan.withdraw_disposition",
        subject=disposition,
        actor=actor,
        before=_facts(disposition),
    )
    disposition._history_user = actor  # type: ignore[attr-defined]
    disposition.delete()
    return quote


def _check_no_live_link(quote: Quote) -> None:
    live = Intervention.objects.live().filter(quote_links__quote=quote)
    codes = ", ".join(live.order_by("code").values_list("code", flat=True)[:5])
    if codes:
        raise ValidationError(
            _("This ambition is answered by %(codes)s. Remove the links first."),
            params={"codes": codes},
        )


def _check_duplicate(quote: Quote, other: Quote | None) -> None:
    if other is None:
        raise ValidationError(_("Name the ambition that this one repeats."))
    if other.pk == quote.pk:
        raise ValidationError(_("An ambition cannot be a duplicate of itself."))
    if not Quote.objects.ambitions().filter(pk=other.pk).exists():
        raise ValidationError(_("The other quote is not an ambition that counts."))
    if Disposition.objects.filter(quote=other, verdict=DispositionVerdict.DUPLICATE).exists():
        raise ValidationError(
            _("%(reference)s is a duplicate itself. Name the ambition that it repeats."),
            params={"reference": other.reference},
        )
    if Disposition.objects.filter(duplicate_of=quote).exists():
        raise ValidationError(
            _("Other ambitions are duplicates of this one; it cannot be a duplicate itself.")
        )


def _facts(disposition: Disposition) -> dict[str, object]:
    other = disposition.duplicate_of
    return {
        "quote": disposition.quote.full_reference,
        "verdict": disposition.verdict,
        "duplicate_of": other.full_reference if other else "",
        "reason": disposition.reason,
    }
