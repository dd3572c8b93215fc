"""What is found: two-character words, pinyin, initials, codes, former names, clauses, indicators — and only what may be."""

from __future__ import annotations

from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.enterprises.models import Enterprise
from luming_portal.search.finding import condition
from luming_portal.search.index import rebuild
from luming_portal.search.models import Entry
from luming_portal.search.selectors import search
from portal_records import firm, seen

pytestmark = pytest.mark.both_databases

CODE = "91150200MA0DEM0002"


def _found(question: str) -> set[str]:
    return set(Enterprise.objects.filter(condition(Enterprise, question)).values_list("key", flat=True))


@pytest.fixture
def three(db: None) -> None:
    firm(
        key="A",
        name="包头天和磁材科技股份有限公司",
        segment="烧结钕铁硼、钐钴永磁",
        credit_code=CODE,
        stock_code="603072",
    )
    firm(key="B", name="内蒙古通威硅能源有限公司", segment="高纯晶硅", former_names=["包头旧光伏公司"])
    firm(key="C", name="重庆长安铝业CT设备", chain="铝", titles="高新技术企业")


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("光伏", "B"),
        ("磁材", "A"),
        ("铝", "C"),
        ("永磁", "A"),
        ("永磁股份", "A"),
        ("天和磁材", "A"),
        ("天和 公司", "A"),
        ("包头", "AB"),
        ("baotou", "AB"),
        ("tianhe", "A"),
        ("cicai", "A"),
        ("bttc", ""),
        ("btth", "A"),
        ("thcc", "A"),
        ("chongqing", "C"),
        (CODE, "A"),
        (CODE.lower(), "A"),
        ("91150200", "A"),
        ("MA0DEM", "A"),
        ("603072", "A"),
        ("旧光伏公司", "B"),
        ("高新技术", "C"),
        ("ct", "C"),
        ("ＣＴ", "C"),
        ("永磁 晶硅", ""),
        ("不存在的词", ""),
        ("'; DROP TABLE", ""),
        ('"', ""),
        ("NEAR(包头)", ""),
    ],
)
def test_a_firm_is_found_by(question: str, keys: str, three: None) -> None:
    assert _found(question) == set(keys)


@pytest.mark.django_db
def test_the_index_follows_every_way_of_changing() -> None:
    item = firm(key="A", name="甲乙光伏")
    assert _found("光伏") == {"A"}
    item.name = "甲乙储能"
    with change("改名") as changes:
        changes.save(item)
    assert (_found("光伏"), _found("储能")) == (set(), {"A"})
    with change("划转") as changes:
        changes.create_many([Enterprise(key="B", name="丙丁风电"), Enterprise(key="C", name="戊己风电")])
        changes.update_many(Enterprise.objects.filter(key="B"), {"chain": "氢能"})
    assert (_found("风电"), _found("氢能")) == ({"B", "C"}, {"B"})
    with change("撤销登记") as changes:
        changes.delete(Enterprise.objects.get(key="C"))
    assert _found("风电") == {"B"}


@pytest.mark.django_db
def test_what_is_rolled_back_is_not_found() -> None:
    def broken() -> None:
        with change("登记") as changes:
            changes.save(Enterprise(key="A", name="甲乙光伏"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        broken()
    assert _found("光伏") == set()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_making_the_index_anew_gives_the_same(three: None) -> None:
    before = list(Entry.objects.values_list("id", "label", "words"))
    assert rebuild() == len(before)
    assert list(Entry.objects.values_list("id", "label", "words")) == before
    assert _found("光伏") == {"B"}


@pytest.mark.django_db
def test_clauses_of_published_documents_are_found(baotou: None) -> None:
    groups = {group.slug: group for group in search(None, "概念验证")}
    assert groups["sentences"].count >= 1
    hit = groups["sentences"].hits[0]
    assert "概念验证" in hit.text
    assert "包党发〔2025〕1号" in hit.label
    assert hit.href == "" or "#m" in hit.href


@pytest.mark.django_db
def test_indicators_are_found_by_name_and_pinyin(baotou: None) -> None:
    by_word = {group.slug: group.count for group in search(None, "技术合同")}
    assert by_word["indicators"] >= 1
    assert {group.slug for group in search(None, "jishuhetong")} >= {"indicators"}


@pytest.mark.django_db
def test_hits_and_counts_keep_to_the_rights(make_user: Any) -> None:
    firm(key="A", name="公开光伏", published=True)
    hidden = firm(key="B", name="未公开光伏", published=False, district="青山区")

    def names(user: Any) -> tuple[int, list[str]]:
        group = next((one for one in search(user, "光伏") if one.slug == "enterprises"), None)
        return (0, []) if group is None else (group.count, sorted(hit.label for hit in group.hits))

    assert names(None) == (1, ["公开光伏"])
    assert names(make_user(Role.OFFICE)) == (2, ["公开光伏", "未公开光伏"])
    assert names(make_user(Role.DISTRICT, district="青山区")) == (1, ["未公开光伏"])
    assert names(make_user(Role.DISTRICT, district="九原区")) == (0, [])
    assert names(make_user(Role.ENTERPRISE, enterprise=hidden)) == (1, ["未公开光伏"])


@pytest.mark.django_db
def test_a_hidden_column_cannot_be_searched() -> None:
    firm(key="A", name="甲公司", phone="13800138000", contact="王小明", note="内部备注乙")
    for question in ("13800138000", "1380", "王小明", "内部备注"):
        assert _found(question) == set()


@pytest.mark.django_db
def test_the_page_and_its_json_twin(client_of: Any) -> None:
    firm(key="A", name="公开<b>光伏</b>", published=True)
    page = seen(client_of(None).get("/search/?q=光伏"))
    assert "<mark>光伏</mark>" in page
    assert "公开&lt;b&gt;" in page
    told = client_of(None).get("/search/?q=光伏", headers={"accept": "application/json"}).json()
    assert [(group["kind"], group["count"]) for group in told["groups"]] == [("enterprises", 1)]
    assert "没有找到" in seen(client_of(None).get("/search/?q=没有的"))
    assert client_of(None).get("/search/?q=%00%27%22%2A&kind=sentences&page=x").status_code == 200
