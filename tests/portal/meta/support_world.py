"""Things of support on which the permission matrix is tried: a document of a clause, an amount, lists of the lane."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from luming_portal.support.models import AutomaticFirm, AutomaticRun, ItemAmount, OfficialText
from portal.conftest import recorded

DAY = date(2026, 1, 5)
ITEM = "bt_poc_platform"


def support_things(things: Mapping[str, Any], people: Mapping[str, Any]) -> dict[str, Any]:
    """A document in force and one taken off, an amount, a list that waits and one that is open, with a firm on it."""
    found: dict[str, Any] = {}
    officer = people["department"]
    with recorded() as changes:
        for name, off in (("public", None), ("off", DAY)):
            text = OfficialText(
                items=[ITEM],
                title="文件",
                number="试〔2026〕1号",
                issuer="市科技局",
                issued_on=DAY,
                clause="第4条",
                quote="原文",
                attached_on=DAY,
                attached_by=officer,
                withdrawn_on=off,
                name=f"world-{name}.pdf",
                kind="paper",
                caption="文件",
                size=1,
                sha256="0",
            )
            text.path().parent.mkdir(parents=True, exist_ok=True)
            text.path().write_bytes(b"x")
            found[f"texts.{name}"] = changes.save(text)
        found["amounts.any"] = changes.save(
            ItemAmount(item=ITEM, low=0, high=100, basis="细则", first_day=DAY, entered_by=people["office"])
        )
        for name, finished in (("done", timezone.now()), ("open", None)):
            run = changes.save(
                AutomaticRun(
                    item="nm_hnte_first",
                    item_name="奖励",
                    item_sha256="0",
                    as_of=DAY,
                    known_on=DAY,
                    asked_by=officer,
                    summary={"firms": 1, "yes": 1, "no": 0, "unknown": 0, "duplicates": 0, "high": 0},
                    finished_at=finished,
                )
            )
            found[f"automatic.{name}"] = run
            firm = things["enterprises.own"]
            changes.save(
                AutomaticFirm(
                    run=run, enterprise=firm, name=firm.name, matter="m", checks=[["资格", True, "台账"]]
                )
            )
    return found
