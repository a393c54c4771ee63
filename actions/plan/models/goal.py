"""What the plan wants (a tree from vision to result) and its main lines."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.query import TreeQuerySet

from tracker.shared.access import ScopedQuerySet
from tracker.shared.models import TimestampedModel


class GoalLevel(models.TextChoices):
    VISION = "vision", _("vision")
    GOAL = "goal", _("goal")
    RESULT = "result", _("result")


class GoalQuerySet(ScopedQuerySet, TreeQuerySet):
    edit_permission = "plan.edit"


class Goal(TimestampedModel):
    """A node of the objective tree: vision → goal → result."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    level = models.CharField(_("level"), max_length=6, choices=GoalLevel.choices)
    parent = TreeNodeForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    order = models.PositiveIntegerField(_("order"), default=0)

    objects = GoalQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ("order", "code", "pk")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ActionLineQuerySet(ScopedQuerySet):
    edit_permission = "plan.edit"


class ActionLine(TimestampedModel):
    """A main line of the action plan; its contact signs the mails about it."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    title = models.CharField(_("title"), max_length=200)
    order = models.PositiveIntegerField(_("order"), default=0)
    office_contact = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact at the office"),
    )

    objects = ActionLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("action line")
        verbose_name_plural = _("action lines")
        ordering = ("order", "code", "pk")

    def __str__(self) -> str:
        return self.title
