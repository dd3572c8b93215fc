"""Fills a portal's database with generated enterprises and facts, all marked as invented, to measure it at size.

    LUMING_HOME=/some/folder python benchmarks/portal_data.py --enterprises 100000 --facts 1000000

Writes past the audit door, in bulk, so only into a database that is thrown away afterwards. Names, districts, chains
and figures are drawn with a fixed seed: the same counts give the same rows. Ends with the search index and one entry
in the record of changes, on which counts and caches hang.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

_DISTRICTS = (
    "昆都仑区",
    "青山区",
    "东河区",
    "九原区",
    "稀土高新区",
    "石拐区",
    "土默特右旗",
    "固阳县",
    "达尔罕茂明安联合旗",
)
_CHAINS = (
    "稀土",
    "晶硅光伏",
    "风电",
    "氢能",
    "高端装备",
    "钢铁",
    "铝",
    "储能",
    "氟材料",
    "新能源重卡",
    "生物医药",
)
_PLACES = ("包头", "包头市", "内蒙古", "青山", "昆仑", "鹿城", "北疆", "阴山", "黄河")
_WORDS = (
    "恒",
    "远",
    "瑞",
    "新",
    "磁",
    "晶",
    "科",
    "达",
    "源",
    "盛",
    "华",
    "泰",
    "蓝",
    "宏",
    "创",
    "锐",
    "鑫",
    "联",
    "安",
    "和",
)
_KINDS = (
    "稀土新材料",
    "光伏科技",
    "磁材",
    "新能源",
    "装备制造",
    "环保科技",
    "智能技术",
    "化工",
    "铝业",
    "物流",
    "生物",
)
_FORMS = ("有限公司", "有限责任公司", "股份有限公司")
_CHUNK = 5000


def main() -> None:
    """Parse the counts and fill."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=2025)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luming_portal.settings")
    import django

    django.setup()
    fill(given.enterprises, given.facts, given.seed)


def fill(enterprises: int, facts: int, seed: int = 2025) -> None:
    """Insert the rows and make the index; prints the seconds of each stage."""
    from django.db import connection, transaction

    from luming_portal.audit.door import change
    from luming_portal.enterprises.models import Enterprise
    from luming_portal.indicators.models import Fact
    from luming_portal.search.index import rebuild

    draw = random.Random(seed)
    with transaction.atomic(), _timed("enterprises", enterprises):
        _insert(Enterprise, _enterprises(draw, enterprises))
    with transaction.atomic(), _timed("facts", facts):
        _insert(Fact, _facts(draw, facts))
    with _timed("index", enterprises):
        rebuild()
    with change("生成测试数据") as changes:
        for kind in (Enterprise, Fact):
            changes.event("generated", item=kind._base_manager.order_by("-pk").first())
    with connection.cursor() as cursor:  # as the server's own housekeeping leaves it soon after
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _enterprises(draw: random.Random, count: int) -> Iterator[dict[str, Any]]:
    from luming.creditcode import ALPHABET, check_character

    for number in range(count):
        name = "".join(
            (
                draw.choice(_PLACES),
                draw.choice(_WORDS),
                draw.choice(_WORDS),
                draw.choice(_WORDS),
                draw.choice(_KINDS),
            )
        )
        head = "91150200" + "".join(draw.choice(ALPHABET) for _ in range(3)) + f"{number:06d}"
        revenue = Decimal(draw.randrange(1, 500_000)).scaleb(-3) if draw.random() < 0.6 else None
        yield {
            "key": f"GEN{number:07d}",
            "name": f"{name}{draw.choice(_FORMS)}",
            "credit_code": head + check_character(head),
            "district": draw.choice(_DISTRICTS),
            "chain": draw.choice(_CHAINS),
            "segment": f"{draw.choice(_KINDS)}、{draw.choice(_KINDS)}",
            "titles": draw.choice(("", "", "", "高新技术企业", "科技型中小企业")),
            "revenue": revenue,
            "revenue_sort": None if revenue is None else float(revenue),
            "revenue_period": "2025" if revenue is not None else "",
            "staff": draw.randrange(5, 3000),
            "mark": "ours",
            "published": draw.random() < 0.9,
        }


def _facts(draw: random.Random, count: int) -> Iterator[dict[str, Any]]:
    from luming_portal.enterprises.models import Enterprise
    from luming_portal.indicators.models import Indicator, Source

    subjects = list(Enterprise._base_manager.values_list("name", flat=True)) or ["包头市"]
    indicators = list(Indicator.objects.values_list("pk", "unit"))
    source = Source.objects.order_by("pk").values_list("pk", flat=True).first()
    for number in range(count):
        indicator, unit = draw.choice(indicators)
        month = dt.date(2015 + number % 11, 1 + number % 12, 1)
        last = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        value = Decimal(draw.randrange(1, 10_000_000)).scaleb(-2)
        yield {
            "key": f"GEN{number:08d}",
            "subject": draw.choice(subjects),
            "indicator_id": indicator,
            "period": f"{month:%Y-%m}",
            "period_start": month,
            "period_end": last,
            "value": value,
            "value_sort": float(value),
            "unit": unit,
            "status": "actual",
            "source_id": source,
            "recorded_on": last + dt.timedelta(days=20),
            "published": draw.random() < 0.9,
        }


def _insert(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    """Write rows as the database takes them fastest; fields that are not given have their defaults."""
    from django.db import connection

    now = datetime.now(UTC)
    given = {"version": 1, "demo": True, "created_at": now, "updated_at": now}
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    default = {field.attname: field.get_default() for field in fields} | given
    columns = ", ".join(f'"{field.column}"' for field in fields)

    def prepared() -> Iterator[list[Any]]:
        for row in rows:
            line = default | row
            yield [field.get_db_prep_save(line[field.attname], connection) for field in fields]

    lines = prepared()
    first = next(lines, None)  # reads what it draws from before COPY takes the connection
    if first is None:
        return
    lines = chain([first], lines)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy:
                for line in lines:
                    copy.write_row([_plain(value) for value in line])
            return
        marks = ", ".join(["%s"] * len(fields))
        statement = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'
        batch: list[list[Any]] = []
        for line in lines:
            batch.append(line)
            if len(batch) == _CHUNK:
                cursor.executemany(statement, batch)
                batch = []
        if batch:
            cursor.executemany(statement, batch)


def _plain(value: Any) -> Any:
    """JSON as text: COPY takes no adapters' objects."""
    return json.dumps(value.obj, ensure_ascii=False) if hasattr(value, "obj") else value


@contextmanager
def _timed(name: str, count: int) -> Iterator[None]:
    """Print how long a stage took."""
    start = time.monotonic()
    yield
    seconds = time.monotonic() - start
    print(f'{{"name": "fill.{name}", "count": {count}, "seconds": {seconds:.1f}}}', flush=True)


if __name__ == "__main__":
    main()
