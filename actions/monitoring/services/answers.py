"""Drafts, answers and the office's judgement of them."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actions.monitoring.engine.asked import leading_organisations
from actions.monitoring.engine.supersede import cancel_not_owed
from actions.monitoring.models import (
    RequestState,
    Review,
    ReviewVerdict,
    StatusUpdate,
    UpdateDraft,
    UpdateRequest,
)
from actions.monitoring.models.request import OWED
from actions.organisations.models import User
from actions.plan.models import DeliveryState, Intervention
from actions.plan.models.intervention import DEVIATING
from actions.plan.services import record_accepted_state
from tracker.audit.services import record
from tracker.shared.calendar import local_day


@dataclass(frozen=True)
class Answer:
    """What an organisation says about an intervention; the three texts on a deviation are owed
    with 'at risk' and 'off track'."""

    delivery_state: str
    traffic_light: str
    for_the_report: str
    for_the_office: str = ""
    cause: str = ""
    consequence: str = ""
    adjustment: str = ""
    expected_finish: datetime.date | None = None
    progress: int | None = None
    unchanged: bool = False


class StaleDraft(Exception):
    """Somebody else saved meanwhile; `draft` is what stands there now (None: it was removed)."""

    def __init__(self, draft: UpdateDraft | None) -> None:
        super().__init__(_("Somebody else of your organisation changed this draft meanwhile."))
        self.draft = draft


@transaction.atomic
def save_draft(
    *, request: UpdateRequest, editor: User | None, payload: Mapping[str, Any], lock_version: int
) -> UpdateDraft:
    """Keep a half-written answer. `lock_version` is that of the draft one started from (0: there
    was none); StaleDraft when it has moved on, ValidationError when nothing is owed any more."""
    locked = _lock_owed(request)
    draft = UpdateDraft.objects.filter(request=locked).first()
    if lock_version != (draft.lock_version if draft else 0):
        raise StaleDraft(draft)
    draft = draft or UpdateDraft(request=locked)
    draft.payload = dict(payload)
    draft.last_editor = editor
    draft.lock_version += 1
    draft.save()
    return draft


@transaction.atomic
def submit_update(
    *,
    request: UpdateRequest,
    answer: Answer,
    author: User | None = None,
    author_name: str = "",
    author_address: str = "",
    on_behalf_from: str = "",
    on_behalf_channel: str = "",
    on_behalf_on: datetime.date | None = None,
    now: datetime.datetime,
) -> StatusUpdate:
    """Send an answer: the next version of this request, after which nobody is reminded of it.

    ValidationError, by field, when the answer is incomplete or no answer is owed (any more).
    """
    locked = _lock_owed(request)
    update = StatusUpdate(
        request=locked,
        version=locked.updates.count() + 1,
        author=author,
        author_name=author_name,
        author_address=author_address,
        on_behalf_from=on_behalf_from,
        on_behalf_channel=on_behalf_channel,
        on_behalf_on=on_behalf_on,
        submitted_at=now,
        **asdict(answer),
    )
    _check_complete(update)
    update.full_clean()
    update.save()
    UpdateDraft.objects.filter(request=locked).delete()
    _move(locked, RequestState.SUBMITTED)
    cancel_not_owed(requests=[locked.pk])
    after = {"request": locked.pk, "version": update.version, "light": update.traffic_light}
    record(verb="update.submitted", subject=update, actor=author, after=after)
    return update


@transaction.atomic
def review_update(
    *,
    update: StatusUpdate,
    reviewer: User,
    verdict: str,
    reason: str = "",
    office_judgement: str = "",
    now: datetime.datetime,
) -> Review:
    """Accept an answer, or return it with a reason: then it is owed again.

    What the lead reported and the office accepted becomes the intervention's state. Judged is the
    newest version, once; ValidationError otherwise.
    """
    locked = UpdateRequest.objects.select_for_update().get(pk=update.request_id)
    newest = locked.updates.order_by("-version").first()
    if locked.state != RequestState.SUBMITTED or newest != update:
        raise ValidationError(_("This answer was judged already, or there is a newer one."))
    review = Review(
        update=update,
        verdict=verdict,
        reason=reason.strip(),
        office_judgement=office_judgement,
        reviewer=reviewer,
        reviewed_at=now,
    )
    review.full_clean()
    review.save()
    accepted = verdict == ReviewVerdict.ACCEPTED
    _move(locked, RequestState.ACCEPTED if accepted else RequestState.RETURNED)
    if accepted and locked.intervention:
        _keep_state(locked.intervention, locked, update, now)
    after = {"update": update.pk, "verdict": verdict}
    record(verb="update.reviewed", subject=review, actor=reviewer, after=after)
    return review


def mark_opened(*, request: UpdateRequest, now: datetime.datetime) -> UpdateRequest:
    """Note when somebody of the organisation first looked at the question."""
    if request.first_opened_at is None:
        unopened = UpdateRequest.objects.filter(pk=request.pk, first_opened_at=None)
        if unopened.update(first_opened_at=now):
            request.first_opened_at = now
        else:  # a colleague was just before
            request.refresh_from_db(fields=["first_opened_at"])
    return request


def _lock_owed(request: UpdateRequest) -> UpdateRequest:
    """The request, locked until the end of the transaction, if an answer is owed."""
    locked = UpdateRequest.objects.select_for_update().get(pk=request.pk)
    if not UpdateRequest.objects.owed().filter(pk=locked.pk).exists():
        raise ValidationError(_("No answer is owed here any more."))
    return locked


def _check_complete(update: StatusUpdate) -> None:
    """What is owed, said at the field that misses it; the database holds the same rules."""
    owed = ["delivery_state", "traffic_light", "for_the_report"]
    if update.traffic_light in DEVIATING:
        owed += ["cause", "consequence", "adjustment"]
    missing = [name for name in owed if not getattr(update, name).strip()]
    if missing:
        raise ValidationError({name: _("Fill in this field.") for name in missing})


def _move(request: UpdateRequest, state: str) -> None:
    request.state = state
    request.save(update_fields=["state", "changed_at"])


def _keep_state(
    intervention: Intervention,
    request: UpdateRequest,
    update: StatusUpdate,
    now: datetime.datetime,
) -> None:
    """Only the lead's word counts for the intervention, or anybody's when nobody leads it.
    When it stopped, nobody owes an answer about it any more."""
    today = local_day(now)
    leads = leading_organisations(intervention=intervention, day=today)
    if leads and request.organisation_id not in leads:
        return
    record_accepted_state(
        intervention=intervention,
        delivery_state=update.delivery_state,
        traffic_light=update.traffic_light,
        on=today,
    )
    if update.delivery_state == DeliveryState.STOPPED:
        others = UpdateRequest.objects.filter(intervention=intervention, state__in=OWED)
        ids = list(others.values_list("pk", flat=True))
        others.update(state=RequestState.WITHDRAWN, changed_at=now)
        cancel_not_owed(requests=ids)
