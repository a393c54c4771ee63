"""What the office said about quotes that seem to return from an earlier edition."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quotes.models.quote import Quote
from tracker.shared.models import TimestampedModel


class ReturnRefusal(TimestampedModel):
    """Somebody looked, and these two are not the same: not suggested again."""

    quote = models.ForeignKey(
        Quote, on_delete=models.PROTECT, related_name="return_refusals", verbose_name=_("quote")
    )
    earlier = models.ForeignKey(
        Quote, on_delete=models.PROTECT, related_name="+", verbose_name=_("earlier quote")
    )
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("refused by"),
    )

    class Meta:
        verbose_name = _("refused return")
        verbose_name_plural = _("refused returns")
        ordering = ("quote", "earlier", "pk")
        constraints = [
            models.UniqueConstraint(fields=["quote", "earlier"], name="return_refused_once"),
            models.CheckConstraint(
                condition=~Q(quote=F("earlier")), name="return_refused_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote_id} ≠ {self.earlier_id}"
