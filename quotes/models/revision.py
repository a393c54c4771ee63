"""What was corrected in a quote: by whom, when, why, and what stood there before."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quotes.models.deed import Deed
from quotes.models.quote import Quote
from tracker.shared.access import ScopedQuerySet
from tracker.shared.models import AppendOnlyModel


class QuoteRevisionQuerySet(ScopedQuerySet):
    def of_deed(self, key: uuid.UUID) -> Self:
        """Everything that one deed changed, in the order in which it was written down."""
        return self.filter(deed_key=key).select_related("quote__anthology").order_by("pk")

    def history_of(self, quote: Quote) -> Self:
        """What was done to a quote, the newest first, with who did it."""
        return self.filter(quote=quote).select_related("who").order_by("-pk")


class QuoteRevision(AppendOnlyModel):
    """One field of one quote before and after one deed. References never occur as a field.

    Rows with the same `deed_key` were one deed, maybe in several quotes; `undoes` is the key of the
    deed that this one took back.
    """

    quote = models.ForeignKey(
        Quote, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("quote")
    )
    deed = models.CharField(_("what was done"), max_length=12, choices=Deed.choices)
    field = models.CharField(_("field"), max_length=30)
    old = models.TextField(_("before"), blank=True)
    new = models.TextField(_("after"), blank=True)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    why = models.CharField(_("why"), max_length=300, blank=True)
    deed_key = models.UUIDField(_("key of the deed"), default=uuid.uuid4)
    undoes = models.UUIDField(_("key of the deed that it undoes"), null=True, blank=True)

    objects = QuoteRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("quote revision")
        verbose_name_plural = _("quote revisions")
        ordering = ("quote", "pk")
        indexes = [models.Index(fields=["quote", "-at"]), models.Index(fields=["deed_key"])]

    def __str__(self) -> str:
        return f"{self.quote_id}: {self.deed} {self.field}"
