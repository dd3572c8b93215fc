"""People, a dictionary, and the ways through the pages of old workbooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.documents.models import Document
from luming_portal.indicators.models import Indicator
from portal_records import indicator, kept

INDICATORS = (
    ("flexible_teams", "柔性引进高层次人才团队", "个"),
    ("new_professionals", "新增专业技术人才", "人"),
    ("tech_checkup_firms", "科技体检入企数", "家"),
    ("remote_enclaves", "域外科创飞地数", "家"),
    ("talent_needs", "人才技术需求清单项数", "项"),
    ("new_skilled_workers", "新增高技能人才", "人"),
)


@dataclass
class Desk:
    """A client of somebody at the desk of old workbooks."""

    client: Client

    def upload(self, content: bytes, name: str = "月报6月.xlsx") -> Any:
        """Hand a workbook in; the page that follows."""
        file = SimpleUploadedFile(name, content)
        return self.client.post("/workbooks/", {"file": file}, follow=True)

    def correct(self, page: Any, **more: Any) -> Any:
        """Send the form of the page as it stands, with some fields otherwise; None takes a field out."""
        given = {**fields_of(page), **more}
        sent = {name: value for name, value in given.items() if value is not None}
        return self.client.post(address(page), sent, follow=True)

    def load(self, page: Any, **more: Any) -> Any:
        """Load what the page shows, with the source that it offers."""
        offered = {name: str(value) for name, value in page.context["form"].initial.items()}
        taken = [str(one.number) for one in page.context["entering"]]
        given = {
            **offered,
            "digest": page.context["digest"],
            "shown": taken,
            "take": taken,
            "publisher": "市人社局",
            **more,
        }
        return self.client.post(f"{address(page)}load/", given, follow=True)


def address(page: Any) -> str:
    """Where the page of a waiting workbook stands."""
    return f"/workbooks/{page.context['staged'].pk}/"


def fields_of(page: Any) -> dict[str, Any]:
    """The fields of the form as a browser would send them."""
    given: dict[str, Any] = {"shape": page.context["shape"]}
    given["hidden"] = [name for name, chosen in page.context["hidden_sheets"] if chosen]
    for sheet in page.context["sheets"]:
        n, item = sheet.number, sheet.item
        given |= {
            f"s{n}-first": item.head_rows[0],
            f"s{n}-last": item.head_rows[1],
            f"s{n}-label": item.label_column,
            f"s{n}-rows_are": item.rows_are,
            f"s{n}-indicator": sheet.indicator,
            f"s{n}-subject": item.subject,
            f"s{n}-unit": item.unit,
            f"s{n}-period": item.period,
        }
        given |= {f"s{n}-taken": "1"} if item.taken else {}
        given |= {f"s{n}-hidden_rows": "1"} if item.hidden_rows else {}
        for part in sheet.columns:
            key, column = f"c{n}-{part.number}", part.item
            given |= {
                f"{key}-role": column.role.value,
                f"{key}-indicator": part.means,
                f"{key}-subject": column.subject,
                f"{key}-unit": column.unit,
                f"{key}-period": column.period,
            }
        for part in sheet.names:
            key = f"n{n}-{part.number}"
            given |= {f"{key}-means": part.means, f"{key}-unit": part.item.unit}
    return given


def row_of(page: Any, text: str) -> str:
    """The beginning of the field names of a row."""
    for sheet in page.context["sheets"]:
        for part in sheet.names:
            if part.item.text == text:
                return f"n{sheet.number}-{part.number}"
    raise LookupError(text)


@pytest.fixture
def dictionary(db: None) -> dict[str, Indicator]:
    """Six indicators of talent work; the last one another unit answers for."""
    kept(Document(key="baotou.2025-1", title="文件", place="包头市", year=2025))
    return {
        key: indicator(
            key,
            label=label,
            unit=unit,
            kind="stock",
            frequency="month",
            steward="市科技局" if key == "tech_checkup_firms" else "市人社局",
        )
        for key, label, unit in INDICATORS
    }


@pytest.fixture
def office(make_user: Any, client_of: Any, dictionary: Any) -> Desk:
    """Somebody of the leading group's office."""
    person: User = make_user(Role.OFFICE, "office", unit="领导小组办公室")
    return Desk(client_of(person))


@pytest.fixture
def department(make_user: Any, client_of: Any, dictionary: Any) -> Desk:
    """Somebody of 市人社局."""
    person: User = make_user(Role.DEPARTMENT, "talent", unit="市人社局")
    return Desk(client_of(person))
