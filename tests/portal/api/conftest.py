"""What the tests of the interface share: tokens of any scope, a small client for JSON, a few records."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.api.scopes import scopes_for
from luming_portal.api.tokens import issue_token
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.enterprises.models import Enterprise
from luming_portal.indicators.models import Fact, Indicator, Source


@dataclass
class Api:
    """Sends JSON with a token (or none)."""

    token: str = ""

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Headers by name with _ for -: If_Match."""
        extra = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            extra.setdefault("Authorization", f"Bearer {self.token}")
        kind = extra.pop("Content-Type", "application/json")
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        address = path if path.startswith("/") else f"/api/v1/{path}"
        return Client(raise_request_exception=False).generic(method, address, data, kind, headers=extra)

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST."""
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        """PATCH."""
        return self.send("PATCH", path, body, **headers)

    def delete(self, path: str, body: Any = None, **headers: str) -> Any:
        """DELETE."""
        return self.send("DELETE", path, body, **headers)


@pytest.fixture
def token_of(db: None) -> Callable[..., str]:
    """The text of a new token of a person; with all scopes of his role unless some are named."""

    def make(user: User, *scopes: str, days: int = 30) -> str:
        with acting_as(user):
            _token, text = issue_token(user, "测试", list(scopes or scopes_for(user)), days)
        return text

    return make


@pytest.fixture
def api_of(make_user: Any, token_of: Any) -> Callable[..., Api]:
    """A client with a token of a role (None: without)."""

    def make(role: Role | None, *scopes: str, **fields: Any) -> Api:
        return Api() if role is None else Api(token_of(make_user(role, **fields), *scopes))

    return make


def enter(*items: Any) -> Any:
    """Enter records as the system."""
    with acting_as(None), change("登记") as changes:
        for item in items:
            changes.save(item)
    return items[0]


def firm(number: int = 1, **fields: Any) -> Enterprise:
    """An enterprise in Qingshan, published."""
    values = {
        "key": f"E{number}",
        "name": f"第{number}公司",
        "district": "青山区",
        "published": True,
        **fields,
    }
    return enter(Enterprise(**values))


@pytest.fixture
def gdp(db: None) -> tuple[Indicator, Source]:
    """An indicator of the bureau of statistics, and a source."""
    source = Source(key="bulletin", publisher="包头市统计局", title="公报", mark="verified")
    indicator = Indicator(
        key="gdp",
        label="地区生产总值",
        definition="全市一年的增加值",
        unit="亿元",
        kind="flow",
        frequency="year",
        steward="市统计局",
        published=True,
    )
    enter(source)
    enter(indicator)
    return indicator, source


def fact(indicator: Indicator, source: Source, key: str = "包头市.gdp.2024", **fields: Any) -> Fact:
    """A figure of 2024."""
    import datetime as dt

    values = {
        "key": key,
        "subject": "包头市",
        "indicator": indicator,
        "period": "2024",
        "period_start": dt.date(2024, 1, 1),
        "period_end": dt.date(2024, 12, 31),
        "value": "4583.1",
        "unit": "亿元",
        "status": "actual",
        "source": source,
        "recorded_on": dt.date(2025, 2, 1),
        **fields,
    }
    return enter(Fact(**values))
