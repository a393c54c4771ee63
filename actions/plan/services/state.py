"""The last accepted state of an intervention: kept columns with one writer."""

import datetime

from django.db import transaction

from actions.plan.models import Intervention


@transaction.atomic
def record_accepted_state(
    *, intervention: Intervention, delivery_state: str, traffic_light: str, on: datetime.date
) -> Intervention:
    """Keep what was accepted on a day; history follows. An older acceptance changes nothing."""
    kept = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if kept.state_accepted_on and on < kept.state_accepted_on:
        return kept
    kept.delivery_state = delivery_state
    kept.traffic_light = traffic_light
    kept.state_accepted_on = on
    kept.save(update_fields=["delivery_state", "traffic_light", "state_accepted_on", "changed_at"])
    return kept
