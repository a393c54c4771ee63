"""The office says which quotes return from an earlier edition; nothing is assumed.

Every function is atomic, locks the quotes first, and leaves a revision and a line in the record.
Links of the earlier quote stay where they are: the plan proposes them, it copies none.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from quotes.models import Anthology, Deed, Quote, QuoteRevision, ReturnRefusal
from quotes.suggesting import suggested
from tracker.audit.services import record

FIELD = "returns_from"


@transaction.atomic
def confirm_return(*, quote: Quote, earlier: Quote, actor: AbstractBaseUser | None) -> Quote:
    """Say that a quote returns from an earlier one.

    Refused for a quote that returns already, for one that counts nowhere, within one edition or
    from a later one, and for an earlier quote that returns in this edition already.
    """
    quote, earlier = _locked(quote, earlier)
    _check(quote, earlier)
    quote.returns_from = earlier
    quote.save(update_fields=[FIELD, "changed_at"])
    ReturnRefusal.objects.filter(quote=quote, earlier=earlier).delete()
    _leave_trace(quote, old="", new=_name(earlier), actor=actor, verb="quotes.return_confirmed")
    return quote


@transaction.atomic
def withdraw_return(*, quote: Quote, actor: AbstractBaseUser | None) -> Quote:
    """Take a confirmation back; the pair is suggested again. Refused where nothing is confirmed."""
    found = Quote.objects.with_section().select_for_update(of=("self",)).get(pk=quote.pk)
    if found.returns_from_id is None:
        raise ValidationError(_("This was withdrawn before."))
    was = Quote.objects.with_section().get(pk=found.returns_from_id)
    found.returns_from = None
    found.save(update_fields=[FIELD, "changed_at"])
    _leave_trace(found, old=_name(was), new="", actor=actor, verb="quotes.return_withdrawn")
    return found


@transaction.atomic
def refuse_return(*, quote: Quote, earlier: Quote, actor: AbstractBaseUser | None) -> ReturnRefusal:
    """Say that two quotes are not the same, so that they are not suggested again."""
    quote, earlier = _locked(quote, earlier)
    if quote.returns_from_id == earlier.pk:
        raise ValidationError(_("These are confirmed to be the same. Withdraw that first."))
    refusal, new = ReturnRefusal.objects.get_or_create(
        quote=quote,
        earlier=earlier,
        defaults={"refused_by": actor},  # type: ignore[misc]
    )
    if new:
        after = {"not": _name(earlier)}
        record(verb="quotes.return_refused", subject=quote, actor=actor, after=after)
    return refusal


@transaction.atomic
def forget_refusal(*, quote: Quote, earlier: Quote, actor: AbstractBaseUser | None) -> None:
    """Let two quotes be suggested again after they were said not to be the same."""
    gone, _kinds = ReturnRefusal.objects.filter(quote=quote, earlier=earlier).delete()
    if gone:
        before = {"not": _name(Quote.objects.with_section().get(pk=earlier.pk))}
        record(verb="quotes.return_refusal_forgotten", subject=quote, actor=actor, before=before)


@transaction.atomic
def confirm_identical(
    *, anthology: Anthology, earlier: Sequence[Anthology], actor: AbstractBaseUser | None
) -> int:
    """Confirm every suggestion of the very same words at once; returns how many there were."""
    Anthology.objects.select_for_update().get(pk=anthology.pk)
    found, _thorough = suggested(anthology, earlier, only_identical=True)
    pairs = {match.new: match.old for match in found}
    locked = Quote.objects.select_for_update(of=("self",)).with_section().order_by("pk")
    rows = {row.pk: row for row in locked.filter(pk__in=[*pairs, *pairs.values()])}
    quotes = [rows[new] for new in pairs if rows[new].returns_from_id is None]
    for quote in quotes:
        quote.returns_from = rows[pairs[quote.pk]]
    Quote.objects.bulk_update(quotes, [FIELD], batch_size=200)
    QuoteRevision.objects.bulk_create(
        [
            QuoteRevision(
                quote=quote, deed=Deed.RETURNED, field=FIELD, new=_name(rows[pairs[quote.pk]]),
                who=actor,  # type: ignore[misc]
            )
            for quote in quotes
        ],
        batch_size=200,
    )  # fmt: skip
    if quotes:
        after = {_name(quote): _name(rows[pairs[quote.pk]]) for quote in quotes}
        record(verb="quotes.returns_confirmed", subject=anthology, actor=actor, after=after)
    return len(quotes)


def _locked(quote: Quote, earlier: Quote) -> tuple[Quote, Quote]:
    """Both quotes as they are now, held until the end, in one order whoever comes first."""
    held = Quote.objects.select_for_update(of=("self",)).with_section().order_by("pk")
    rows = {row.pk: row for row in held.filter(pk__in=[quote.pk, earlier.pk])}
    return rows[quote.pk], rows[earlier.pk]


def _check(quote: Quote, earlier: Quote) -> None:
    if quote.returns_from_id is not None:
        raise ValidationError(_("This quote returns from another one already."))
    if not quote.counts or not earlier.counts:
        raise ValidationError(_("One of the two counts nowhere: a pull quote, or withdrawn."))
    if not quote.anthology.follows(earlier.anthology):
        raise ValidationError(_("A quote can only return from an earlier edition."))
    other = Quote.objects.filter(anthology=quote.anthology, returns_from=earlier).first()
    if other is not None:
        raise ValidationError(
            _("The earlier quote returns already as %(reference)s."),
            params={"reference": other.reference},
        )


def _name(quote: Quote) -> str:
    return f"{quote.anthology.code}:{quote.reference}"


def _leave_trace(
    quote: Quote, *, old: str, new: str, actor: AbstractBaseUser | None, verb: str
) -> None:
    QuoteRevision.objects.create(
        quote=quote, deed=Deed.RETURNED, field=FIELD, old=old, new=new,
        who=actor,  # type: ignore[misc]
    )  # fmt: skip
    record(verb=verb, subject=quote, actor=actor, before={FIELD: old}, after={FIELD: new})
