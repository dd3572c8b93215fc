"""A sound pack loads exactly; a spoilt one is told about every fault, with file and line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from luming.errors import PackFaults
from luming.pack import CommitmentKind, Comparator, load, quote_says

BAD = [
    # file, words, replaced by, code, words of the message
    ("2025-1/document.yaml", "title: 意见", "titel: 意见", "pack.unknown_key", "是否想写“title”"),
    ("2025-1/document.yaml", "  year: 2025\n", "", "pack.missing_key", "缺少“year”一项"),
    (
        "2025-1/document.yaml",
        "date: 2025-01-01",
        "date: 2025-02-30",
        "pack.date_from_datetime_parsing",
        "写成 2025-12-31 的形式",
    ),
    ("2025-1/document.yaml", "某发〔2025〕1号", "a: b: c", "yaml.syntax", "英文冒号没有加引号"),
    (
        "2025-1/document.yaml",
        "year: 2025",
        "year: 2025\n  year: 2026",
        "yaml.duplicate_key",
        "键“year”重复(第8行已有)",
    ),
    ("2025-1/document.yaml", "place: 某市", "place: &a 某市\n  note: *a", "yaml.alias", "引用了别处的内容"),
    ("2025-1/document.yaml", "place: 某市", "place: !!python/name:os.system ''", "yaml.tag", "标记"),
    ("2025-1/document.yaml", "  year: 2025", "\tyear: 2025", "yaml.syntax", "制表符(Tab)"),
    (
        "2025-1/document.yaml",
        "text: source.txt",
        "text: ../sources.yaml",
        "pack.text_path",
        "同一文件夹内的文件名",
    ),
    ("2025-1/document.yaml", "text: source.txt", "text: gone.txt", "pack.no_text", "文件打不开"),
    ("2025-1/document.yaml", "source: doc", "source: nowhere", "pack.no_such_source", "出处“nowhere”"),
    ("2025-1/commitments.yaml", "value: 100", "value: 1e2", "pack.plain_number", "发现“1e2”"),
    ("2025-1/commitments.yaml", "value: 100", "value: 1.3万", "pack.plain_number", "发现“1.3万”"),
    ("2025-1/commitments.yaml", "value: 100", "value: .inf", "pack.plain_number", "不带单位、逗号和科学记数"),
    ("2025-1/commitments.yaml", "unit: 亿元", "unit: 亿圆", "pack.unit", "单位“亿圆”"),
    ("2025-1/commitments.yaml", "unit: 亿元", "unit: 吨", "pack.unit_kind", "与指标单位“亿元”同类的单位"),
    ("2025-1/commitments.yaml", "comparator: '>='", "comparator: more", "pack.enum", "以下之一:'>='"),
    ("2025-1/commitments.yaml", "indicator: rd", "indicator: rdd", "pack.no_indicator", "指标“rdd”"),
    ("2025-1/commitments.yaml", "clause: m00.s1", "clause: m09.s9", "pack.no_clause", "条款锚点“m09.s9”"),
    ("2025-1/commitments.yaml", "clause: m00.s1", "clause: 序言", "pack.no_clause", "条款锚点“序言”"),
    ("2025-1/commitments.yaml", "start: 8", "start: 30", "pack.span", "第30—13字"),
    ("2025-1/commitments.yaml", "quote: 100亿元", "quote: 200亿元", "pack.quote", "引文“200亿元”"),
    ("2025-1/commitments.yaml", "id: firms", "id: rd", "pack.duplicate", "“rd”出现2次"),
    (
        "2025-1/commitments.yaml",
        "    mark: verified\n  - id: firms",
        "    aspiration: yes\n    mark: verified\n  - id: firms",
        "pack.plain_flag",
        "true 或 false",
    ),
    ("2025-1/measures/01.yaml", "id: m01.s1", "id: m00.s1", "pack.duplicate", "measures 里的锚点"),
    ("2025-1/measures/01.yaml", "start: 22", "start: 21", "pack.quote", "引文与原文第21—39字不一致"),
    ("2025-1/measures/01.yaml", "status: runs", "status: not_software", "pack.binding", "机制为 none 时"),
    (
        "2025-1/measures/01.yaml",
        "          reference: 命令 luming run",
        "          reference: x\n          quote: 没有这话",
        "pack.binding_quote",
        "该句中的原话",
    ),
    ("2025-1/commitments.yaml", "value: 100", "value: 110", "pack.value", "数值“110亿元”"),
    ("2025-1/commitments.yaml", "unit: 亿元", "unit: 万元", "pack.value", "与引文“100亿元”相同"),
    ("2025-1/commitments.yaml", "value: 500", "value: 50", "pack.value", "与引文“500家”相同"),
    (
        "2025-1/monitor.yaml",
        "yellow_from_points: 10",
        "yellow_from_points: 40",
        "pack.rule",
        "不大于红灯的界限",
    ),
    ("2025-1/monitor.yaml", "yellow_from_points: 10", "yellow_from_points: 0", "pack.rule", "大于0"),
    ("2025-1/monitor.yaml", "target: rd", "target: rdx", "pack.no_such_target", "目标“rdx”"),
    ("2025-1/monitor.yaml", "kind: year_end", "kind: monthly", "pack.curve_points", "有0个点"),
    ("2025-1/duties.yaml", "measure: m01", "measure: m07", "pack.no_such_measure", "条款“m07”"),
    ("indicators.yaml", "unit: 家", "unit: 个人家", "pack.unit", "单位“个人家”"),
    ("indicators.yaml", "kind: stock", "kind: [stock]", "pack.enum", "一个列表"),
]


def test_sound_pack_loads_exactly(folder):
    pack = load(folder.path)
    rd, firms = pack.commitments
    assert (rd.value, rd.unit, rd.comparator, rd.kind) == (
        Decimal(100),
        "亿元",
        Comparator.AT_LEAST,
        CommitmentKind.TARGET,
    )
    assert rd.deadline == dt.date(2025, 12, 31)
    assert pack.text[firms.start : firms.end] == "500家"
    assert pack.clause_of(rd).label() == "某发〔2025〕1号 序言"
    assert pack.clause_of(firms).label() == "某发〔2025〕1号 第1条"


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "words"), BAD, ids=[f"{row[3]}-{i}" for i, row in enumerate(BAD)]
)
def test_spoilt_pack_names_the_fault(folder, file, old, new, code, words):
    folder.change(file, old, new)
    with pytest.raises(PackFaults) as caught:
        load(folder.path)
    told = [fault for fault in caught.value.faults if fault.code == code]
    assert told, [fault.code for fault in caught.value.faults]
    assert words in "".join(fault.sentence() for fault in told)


def test_all_faults_come_at_once_with_their_lines(folder):
    folder.change("2025-1/commitments.yaml", "value: 100", "value: viel")
    folder.change("2025-1/commitments.yaml", "unit: 家", "einheit: 家")
    folder.change("2025-1/duties.yaml", "mark: expected", "mark: sure")
    folder.change("2025-1/measures/01.yaml", "id: m01.s1", "id: m00.s1")
    folder.change("indicators.yaml", "label: 研发投入", "label: 研发投入\n    label: 又一个")
    with pytest.raises(PackFaults) as caught:
        load(folder.path)
    sentences = str(caught.value)
    for words in (
        "commitments.yaml 第7行“commitments.1.value”:发现“viel”",
        "“commitments.2.einheit”:发现不认识的键“einheit”",
        "缺少“unit”一项",
        "duties.yaml 第5行“duties.1.mark”:发现“sure”",
        "indicators.yaml 第4行:发现键“label”重复",
        "measures 里的锚点:发现“m00.s1”出现2次",
    ):
        assert words in sentences
    assert "没有写入任何内容" in sentences


def test_every_number_needs_a_home(folder):
    folder.change("2025-1/commitments.yaml", "start: 32", "start: 33")
    folder.change("2025-1/commitments.yaml", "quote: 500家", "quote: 00家")
    with pytest.raises(PackFaults, match="数字“500”没有着落"):
        load(folder.path)


def test_changed_text_is_noticed(folder):
    file = folder.path / "source.txt"
    file.write_text(file.read_text(encoding="utf-8") + "后来加的一句。", encoding="utf-8")
    with pytest.raises(PackFaults, match="原文未经改动"):
        load(folder.path)


def test_unbound_sentence_is_only_allowed_in_a_draft(folder):
    binding = "      bindings:\n        - mechanism: monitor\n          status: runs\n          reference: 命令 luming run\n"
    folder.change("2025-1/measures/01.yaml", binding, "")
    with pytest.raises(PackFaults, match="没有绑定机制"):
        load(folder.path)
    folder.change("2025-1/document.yaml", "  mark: verified", "  draft: true\n  mark: verified")
    assert load(folder.path).measures[1].sentences[0].bindings == ()


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00\x01", b"\x00" * 100, b"%PDF-1.7 \xe2\xe3", "【】".encode("gb18030")]
)
def test_binary_given_as_yaml_ends_in_a_sentence(folder, content):
    (folder.path / "commitments.yaml").write_bytes(content)
    with pytest.raises(PackFaults) as caught:
        load(folder.path)
    assert caught.value.faults[0].where.startswith("commitments.yaml")


def test_huge_line_is_refused_without_reading_it(folder):
    with (folder.path / "duties.yaml").open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(PackFaults, match="文件大小100MB"):
        load(folder.path)


@pytest.mark.parametrize(
    "name", ["2025-1/commitments.yaml", "2025-1/monitor.yaml", "indicators.yaml", "sources.yaml"]
)
def test_missing_file_is_named(folder, name):
    (folder.city / name).unlink()
    with pytest.raises(PackFaults, match=name.split("/")[-1]):
        load(folder.path)


def test_folder_without_a_pack_says_what_to_do(tmp_path: Path):
    with pytest.raises(PackFaults, match="luming extract"):
        load(tmp_path)


def test_hash_follows_content_and_nothing_else(folder):
    before = load(folder.path).sha256
    assert load(folder.path).sha256 == before
    folder.change("2025-1/duties.yaml", "市科技局", "市工信局")
    assert load(folder.path).sha256 != before


def test_a_value_may_stand_in_another_unit_than_the_text(folder):
    folder.change("2025-1/commitments.yaml", "value: 100\n    unit: 亿元", "value: 1000000\n    unit: 万元")
    assert load(folder.path).commitments[0].unit == "万元"


def test_a_monthly_curve_ends_at_the_whole_target(folder):
    points = "".join(f"      - month: {month}\n        share: {month / 20}\n" for month in range(1, 13))
    folder.change("2025-1/monitor.yaml", "kind: year_end", f"kind: monthly\n    points:\n{points.rstrip()}")
    with pytest.raises(PackFaults, match=r"12月的计划进度为0\.6"):
        load(folder.path)


@pytest.mark.parametrize(
    ("quote", "value", "unit", "says"),
    [
        ("1500萬元", 1500, "万元", True),
        ("40个工\n作日", 40, "个工作日", True),
        ("50万", 50, "万元", True),
        ("50万", 5, "万元", False),
        ("1:1", 100, "%", True),
        ("1∶0.5", 50, "%", True),
        ("1∶0.5", 60, "%", False),
        ("1:0", 100, "%", False),
    ],
)
def test_what_a_quote_says(quote, value, unit, says):
    assert quote_says(quote, Decimal(value), unit) is says
