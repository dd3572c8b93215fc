"""No step of a process in the packs is held up for want of words that its paper needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from luming.cases import Process, Reason
from luming.paperwork import kind_named, missing_values
from luming_portal.cases.models import StoredProcess
from luming_portal.cases.shelf import shelf
from luming_portal.enterprises.models import Enterprise
from luming_portal.papers.template_in_use import template_in_use
from luming_portal.papers.values_of_case import values_of_case
from portal.conftest import recorded
from portal.small_cases import small_case, small_event


def _filled_in(process: Process, form: str) -> dict[str, Any]:
    """The required fields of a form, filled in somehow."""
    if form not in process.forms:
        return {}
    found: dict[str, Any] = {}
    for key in process.forms[form].required:
        field = process.forms[form].properties[key]
        number = field.get("format") == "decimal" or field.get("type") in ("integer", "number")
        kinds = {"boolean": True, "array": []}
        found[key] = field.get("enum", [kinds.get(str(field.get("type")), "12" if number else "文字")])[0]
    return found


@pytest.mark.django_db
def test_no_step_is_held_up_by_its_paper() -> None:
    with recorded() as changes:
        firm = changes.save(Enterprise(key="E-1", name="示范企业甲", district="青山区"))
    held_up = set()
    number = 0
    for process in shelf().processes.values():
        with recorded() as changes:
            stored = changes.save(
                StoredProcess(
                    key=process.key,
                    process_version=process.version,
                    name=process.about.label,
                    sha256=process.sha256,
                    text=process.text,
                )
            )
        for step in process.transitions.values():
            kinds = [kind_named(one.partition(":")[2]) for one in step.effects if one.startswith("paper:")]
            if not kinds:
                continue
            number += 1
            data = {
                name: value for form in process.forms for name, value in _filled_in(process, form).items()
            }
            case = small_case(
                number,
                enterprise=firm,
                stored=stored,
                process=process.key,
                data=data,
                public_from=dt.date(2026, 3, 3)
                if step.target == getattr(process.publicity, "state", "")
                else None,
                public_until=dt.date(2026, 3, 9),
            )
            reason = "理由" if step.reason is Reason.REQUIRED else ""
            content = {"transition": step.key, "data": data}
            event = small_event(
                case, 2, step.about.label, reason, content=content, role=(step.roles or ("system",))[0]
            )
            for kind in kinds:
                template = template_in_use(kind)
                values = values_of_case(case, kind, event, event.at.date(), "市科技局")
                ours = dict.fromkeys(("文号", "发文机关", "成文日期", "电子印章位置", "核验码"), "有")
                missing = missing_values(kind, {**values, **ours}, template.used)
                if missing:
                    held_up.add(f"{process.key}.{step.key} {kind.label}: {'、'.join(missing)}")
    assert number > 30
    assert not held_up
