"""What was corrected in a quote: by whom, when, why, and what stood there before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quotes.models.quote import Quote
from tracker.shared.models import AppendOnlyModel


class Deed(models.TextChoices):
    """What somebody (or an import) did to a quote."""

    ACCEPTED = "accepted", _("accepted as it stands")
    EDITED = "edited", _("edited")
    SPLIT = "split", _("split")
    JOINED = "joined", _("joined")
    MOVED = "moved", _("moved to another section")
    PULL_QUOTE = "pull_quote", _("marked as a pull quote")
    WITHDRAWN = "withdrawn", _("withdrawn: not a quote")
    RESTORED = "restored", _("restored")
    RETURNED = "returned", _("recognised from an earlier edition")
    REREAD = "reread", _("read anew from a file")


class QuoteRevision(AppendOnlyModel):
    """One field of one quote before and after one deed. References never occur as a field."""

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

    class Meta:
        verbose_name = _("quote revision")
        verbose_name_plural = _("quote revisions")
        ordering = ("quote", "pk")
        indexes = [models.Index(fields=["quote", "-at"])]

    def __str__(self) -> str:
        return f"{self.quote_id}: {self.deed} {self.field}"
