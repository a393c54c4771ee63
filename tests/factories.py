"""Plain functions that make rows for tests. Each needs as little as can be said."""

import datetime
import hashlib
import itertools
from decimal import Decimal
from typing import Any

import typst
from django.core.files.base import ContentFile

from actions.indicators.models import (
    Direction,
    Frequency,
    Indicator,
    InterventionIndicator,
    Level,
    Measurement,
    Target,
    TargetKind,
)
from actions.organisations.models import (
    GroupMembership,
    Membership,
    MembershipKind,
    Organisation,
    OrganisationGroup,
    OrganisationKind,
    Role,
    User,
)
from actions.plan.models import (
    ActionLine,
    Commitment,
    CommitmentKind,
    DeliveryState,
    Goal,
    GoalLevel,
    Intervention,
    Involvement,
    InvolvementRole,
    QuoteLink,
)
from quotes.models import Anthology, ImportRun, ImportState, Kind, Quote, Section, SourceFile

_number = itertools.count(1)


# --- people and organisations ---------------------------------------------------------------------


def make_user(name: str = "", role: str = Role.PARTNER, **fields: Any) -> User:
    number = next(_number)
    name = name or f"Person {number}"
    address = fields.pop("email", f"person{number}@partner.example")
    return User.objects.create_user(address, full_name=name, role=role, **fields)


def make_office(name: str = "Programme office", **fields: Any) -> User:
    return make_user(name, Role.OFFICE, **fields)


def make_leadership(name: str = "Leadership", **fields: Any) -> User:
    return make_user(name, Role.LEADERSHIP, **fields)


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    fields.setdefault("kind", OrganisationKind.MUNICIPALITY)
    return Organisation.objects.create(name=name or f"Organisation {next(_number)}", **fields)


def make_membership(
    user: User, organisation: Organisation, kind: str = MembershipKind.REPORTER
) -> Membership:
    return Membership.objects.create(user=user, organisation=organisation, kind=kind)


def make_reporter(organisation: Organisation, name: str = "", **fields: Any) -> User:
    """Somebody who answers for an organisation."""
    user = make_user(name, **fields)
    make_membership(user, organisation)
    return user


def make_group(name: str, *members: Organisation) -> OrganisationGroup:
    group = OrganisationGroup.objects.create(name=name)
    for member in members:
        GroupMembership.objects.create(group=group, organisation=member)
    return group


# --- the anthology --------------------------------------------------------------------------------


def make_anthology(code: str = "BL1", **fields: Any) -> Anthology:
    fields.setdefault("is_primary", code == "BL1")
    return Anthology.objects.get_or_create(
        code=code, defaults={"title": f"Anthology {code}", **fields}
    )[0]


def make_section(number: str = "4.12", kind: str = Kind.AMBITION, **fields: Any) -> Section:
    anthology = fields.pop("anthology", None) or make_anthology()
    chapter, _dot, rest = number.partition(".")
    order = int(chapter) * 100 + (int(rest) if rest.isdigit() else 99)
    defaults = {"title": f"Section {number}", "kind": kind, "order": order, **fields}
    return Section.objects.get_or_create(anthology=anthology, number=number, defaults=defaults)[0]


def make_quote(text: str = "", section: Section | None = None, **fields: Any) -> Quote:
    section = section or make_section()
    number = 1 + Quote.objects.filter(section=section).count()
    fields.setdefault("reference", f"{section.number}-{number:02}")
    fields.setdefault("page", 50)
    return Quote.objects.create(
        anthology=section.anthology,
        section=section,
        reference_number=number,
        text=text or f"We want this to become better, number {next(_number)}.",
        fingerprint=f"{next(_number):064}",
        **fields,
    )


def make_pdf_source(data: bytes = b"", **fields: Any) -> SourceFile:
    """A PDF as a source: of one sheet, unless its bytes are given."""
    data = data or typst.compile(b"#set page(width: 200pt, height: 300pt)\nMeet every week.")
    name = f"book-{next(_number)}.pdf"
    return SourceFile.objects.create(
        anthology=make_anthology(), name=name, sha256=hashlib.sha256(data).hexdigest(),
        media_type="application/pdf", file=ContentFile(data, name), **fields,
    )  # fmt: skip


# --- the plan -------------------------------------------------------------------------------------


def make_action_line(title: str = "Cooperation", **fields: Any) -> ActionLine:
    fields.setdefault("code", f"L{next(_number)}")
    return ActionLine.objects.create(title=title, **fields)


def make_intervention(
    title: str = "", *, lead: Organisation | None = None, **fields: Any
) -> Intervention:
    number = next(_number)
    fields.setdefault("code", f"I-{number:03}")
    fields.setdefault("delivery_state", DeliveryState.RUNNING)
    if "action_line" not in fields:
        fields["action_line"] = ActionLine.objects.first() or make_action_line()
    intervention = Intervention.objects.create(title=title or f"Intervention {number}", **fields)
    if lead:
        make_involvement(intervention, lead, InvolvementRole.LEAD)
    return intervention


def make_involvement(
    intervention: Intervention, organisation: Organisation, role: str, **fields: Any
) -> Involvement:
    return Involvement.objects.create(
        intervention=intervention, organisation=organisation, role=role, **fields
    )


def make_link(quote: Quote, intervention: Intervention, **fields: Any) -> QuoteLink:
    fields.setdefault("rationale", "Because it does what was asked.")
    return QuoteLink.objects.create(quote=quote, intervention=intervention, **fields)


def make_goal(title: str = "", parent: Goal | None = None, **fields: Any) -> Goal:
    number = next(_number)
    fields.setdefault("level", GoalLevel.GOAL if parent else GoalLevel.VISION)
    fields.setdefault("code", f"D-{number}")
    return Goal.objects.create(title=title or f"Goal {number}", parent=parent, **fields)


def make_commitment(number: str = "", *interventions: Intervention, **fields: Any) -> Commitment:
    given = {
        "kind": CommitmentKind.PLEDGE,
        "made_on": datetime.date(2026, 1, 15),
        "text": "Parliament gets a letter about it.",
        **fields,
    }
    commitment = Commitment.objects.create(number=number or f"T-{next(_number)}", **given)
    commitment.interventions.set(interventions)
    return commitment


def make_import(state: str = ImportState.DONE, **fields: Any) -> ImportRun:
    return ImportRun.objects.create(state=state, **fields)


# --- indicators -----------------------------------------------------------------------------------


def make_indicator(name: str = "", **fields: Any) -> Indicator:
    number = next(_number)
    given = {
        "code": f"R-{number:03}",
        "definition": "How many there were.",
        "unit": "reports",
        "level": Level.OUTPUT,
        "direction": Direction.HIGHER,
        "frequency": Frequency.YEARLY,
        "source": "Yearly figures",
        **fields,
    }
    return Indicator.objects.create(name=name or f"Indicator {number}", **given)


def make_target(indicator: Indicator, value: str = "100", year: int = 2027) -> Target:
    return Target.objects.create(
        indicator=indicator,
        on=datetime.date(year, 12, 31),
        value=Decimal(value),
        kind=TargetKind.FINAL,
    )


def make_measurement(
    indicator: Indicator, value: str = "10", year: int = 2024, **fields: Any
) -> Measurement:
    return Measurement.objects.create(
        indicator=indicator,
        period_start=datetime.date(year, 1, 1),
        period_end=datetime.date(year, 12, 31),
        value=Decimal(value),
        **{"source": "Yearly figures", **fields},
    )


def measure(intervention: Intervention, indicator: Indicator) -> InterventionIndicator:
    """The indicator tells about the intervention."""
    return InterventionIndicator.objects.create(intervention=intervention, indicator=indicator)
