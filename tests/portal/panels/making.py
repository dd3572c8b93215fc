"""People, experts and a case for the tests of panels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from luming.appraisal import Bar, Speciality
from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import Case, StoredProcess
from luming_portal.enterprises.models import Enterprise
from luming_portal.panels.models import Expert, ExpertTie, Panel, Seat
from luming_portal.panels.schemes import items_of
from luming_portal.panels.services.convening import invite, open_panel, propose
from luming_portal.panels.services.scoring import declare, write_sheet
from luming_portal.people.models import Person
from portal.conftest import recorded

UNIT = "市科技局"


def make_case(**fields: Any) -> Case:
    """A case of a firm, whatever its process."""
    with recorded() as changes:
        firm = Enterprise.objects.filter(key="E-panel").first() or changes.save(
            Enterprise(key="E-panel", name="呦鹿稀土有限公司")
        )
        stored = StoredProcess.objects.filter(key="project").first() or changes.save(_process())
        now = timezone.now()
        given: dict[str, Any] = {
            "process": "project",
            "stored": stored,
            "process_name": "科技计划项目",
            "title": "稀土抛光粉制备",
            "state": "expert_review",
            "state_label": "专家评审",
            "public_state": "评审中",
            "enterprise": firm,
            "unit": UNIT,
            "opened_at": now,
            "submitted_at": now,
            "moved_at": now,
            "data": {"leader": "王工", "members": ["李工"], "partners": ["内蒙古科技大学"]},
            **fields,
        }
        return changes.save(Case(**given))


def _process() -> StoredProcess:
    names = {field.name for field in StoredProcess._meta.get_fields()}
    given = {
        "key": "project",
        "process_version": "1",
        "sha256": "0" * 64,
        "name": "科技计划项目",
        "text": "process: project\n",
    }
    return StoredProcess(**{key: value for key, value in given.items() if key in names})


def make_expert(
    make_user: Callable[..., User],
    number: int,
    *,
    unit: str = "",
    speciality: Speciality = Speciality.TECHNICAL,
    account: bool = True,
    **person: Any,
) -> Expert:
    """An expert with a person and an account."""
    user = make_user(Role.EXPERT, f"expert-{number}") if account else None
    with recorded() as changes:
        found = changes.save(
            Person(
                key=f"H{number}",
                name=person.pop("name", f"专家{number}"),
                employer=unit or f"单位{number}",
                **person,
            )
        )
        return changes.save(
            Expert(key=f"Z{number}", person=found, speciality=speciality.value, account=user, steward=UNIT)
        )


def tie(expert: Expert, bar: Bar, whom: str, **fields: Any) -> ExpertTie:
    """A tie of an expert."""
    with recorded() as changes:
        return changes.save(ExpertTie(expert=expert, bar=bar.value, whom=whom, told_by="测试", **fields))


def officer(make_user: Callable[..., User]) -> User:
    """An officer of the convening unit."""
    found = User.objects.filter(username="convener").first()
    return found or make_user(Role.DEPARTMENT, "convener", unit=UNIT)


def panel_of(
    make_user: Callable[..., User], count: int = 5, scheme: str = "rd_project", category: str = ""
) -> tuple[Panel, list[Seat], User]:
    """A panel whose experts were invited."""
    by = officer(make_user)
    experts = [make_expert(make_user, at) for at in range(count)]
    panel = open_panel(make_case(), scheme, by=by, category=category)
    propose(panel, experts, leader=experts[0], by=by)
    panel = invite(panel, by=by)
    return panel, seats_of(panel), by


def seats_of(panel: Panel) -> list[Seat]:
    """The seats of a panel in their order."""
    return list(panel.seats.select_related("panel__case", "expert__account").order_by("pk"))


def scoring(make_user: Callable[..., User], count: int = 5, **kwargs: Any) -> tuple[Panel, list[Seat], User]:
    """A panel whose experts all declared to be clear."""
    panel, seats, by = panel_of(make_user, count, **kwargs)
    for seat in seats:
        declare(seat, [], by=seat.expert.account)
    panel.refresh_from_db()
    return panel, seats_of(panel), by


def points(panel: Panel, value: int | str, **other: int | str) -> Mapping[str, Decimal]:
    """The same points for every item, but for some."""
    return {one.id: Decimal(other.get(one.id, value)) for one in items_of(panel)}


def lock(seat: Seat, value: int | str = 80, choice: str = "agree", words: str = "", **other: Any) -> Any:
    """A locked sheet."""
    panel = Panel.objects.get(pk=seat.panel_id)
    return write_sheet(
        seat,
        points(panel, value, **other),
        by=seat.expert.account,
        remarks={},
        impression="80",
        choice=choice,
        words=words,
        lock=True,
    )
