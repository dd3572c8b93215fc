"""The progress of a measure by a link: in words, with “as last time”, into the unit's draft."""

from __future__ import annotations

import pytest
from django.test import Client

from luming_portal.invitations.services import make_invitation
from luming_portal.reporting.models import Report
from portal.reporting.conftest import World, world
from portal_records import kept, seen

__all__ = ["world"]
pytestmark = pytest.mark.django_db


def test_words_are_asked_and_land_as_the_draft(world: World) -> None:
    report = kept(
        Report(
            reporting_month=world.month,
            position=9,
            unit="市科技局",
            lead="市科技局",
            title="第19条 提升创新服务水平",
            measure="m19",
            subject="包头市",
            period="2025-09",
        )
    )
    _made, token = make_invitation(
        world.month, "市科技局", [report], by=world.people["science"], contact="张三", phone="", days=3
    )
    client = Client()
    page = seen(client.get(f"/i/{token}/"))
    assert "第19条 提升创新服务水平" in page
    assert f'name="r{report.pk}-value"' not in page
    empty = client.post(f"/i/{token}/", {"do": "hand_in", f"r{report.pk}-version": "1"})
    assert empty.status_code == 400
    assert "没有填进展" in seen(empty)
    told = {"do": "hand_in", f"r{report.pk}-version": "1", f"r{report.pk}-narrative": "新设服务窗口2个"}
    assert "已交回" in seen(client.post(f"/i/{token}/", told))
    stored = Report.objects.get(pk=report.pk)
    assert (stored.narrative, stored.value, stored.stage) == ("新设服务窗口2个", None, "draft")
