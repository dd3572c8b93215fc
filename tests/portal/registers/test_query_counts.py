"""Each page asks the database so many times and no more, however many rows it shows (query_counts.json).

When a number rises with good reason, `UPDATE_QUERY_COUNTS=1 pytest …` writes the file anew; say why in the commit.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luming_portal.accounts.rights import Action, decide
from luming_portal.accounts.roles import Role
from luming_portal.registers.catalog import registers

STORED = Path(__file__).with_name("query_counts.json")


@pytest.mark.django_db
def test_pages_ask_as_often_as_stored(baotou: None, make_user: Any, client_of: Any) -> None:
    counts: dict[str, int] = {}
    office = client_of(make_user(Role.OFFICE))
    visitor = client_of(None)
    for slug, register in registers().items():
        pages = {"list": "?q=", "list 100": "?q=&size=100", "search": "?q=包头", "filters": "filters/"}
        pages["json"] = "?format=json&page=1"
        record = register.model._default_manager.order_by("pk").first()
        if record is not None:
            pages["detail"] = f"{record.pk}/"
        for name, page in pages.items():
            for who, client in (("office", office), ("visitor", visitor)):
                if client is visitor and not decide(None, Action.VIEW, register.noun):
                    continue
                counts[f"{slug} {name} {who}"] = _asked(client, f"/registers/{slug}/{page}")
    counts["search office"] = _asked(office, "/search/?q=稀土")
    counts["search visitor"] = _asked(visitor, "/search/?q=稀土")
    if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
        STORED.write_text(json.dumps(counts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert counts == json.loads(STORED.read_text(encoding="utf-8"))
    for name, count in counts.items():
        if " list " in name:
            assert counts[name.replace(" list ", " list 100 ", 1)] == count if " 100 " not in name else True


def _asked(client: Any, address: str) -> int:
    client.get(address)  # what is kept for a minute is there now
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
