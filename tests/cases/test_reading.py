"""Process files: every fault with its place, all at once, and no process that is not sound."""

from __future__ import annotations

import pytest

from cases.small import SMALL, pack_processes, process
from luming.cases import ProcessFaults, Subject, parse_process, read_process, read_processes, read_versions


def faults(text: str) -> list[str]:
    with pytest.raises(ProcessFaults) as caught:
        process(text)
    return [fault.sentence() for fault in caught.value.faults]


def test_the_small_process_is_read_as_it_stands():
    found = process()
    assert found.name == "small@1"
    assert found.subjects == (Subject.ENTERPRISE,)
    assert found.start.key == "draft"
    assert found.transitions["return"].at_most == 1
    assert found.transitions["expire"].roles == ("system",)
    assert found.clocks["handle"].limit.of({"level": "复杂"}).said == "15个工作日"
    assert found.forms["application"].schema["properties"]["title"]["maxLength"] == 20
    assert parse_process(found.text, "elsewhere.yaml") == found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  review: {label: 审核}", "  review: {label: 审核}\n  lost: {label: 迷路}", "状态“迷路”(lost):发现从起点到不了这里"),
        ("from: supplement, to: filed", "from: supplement, to: supplement", "状态“待补正”(supplement):发现到不了任何终点"),
        ("settles: upheld, final: true}", "settles: uphold}", "以下之一:upheld、dismissed"),
        ("owner: window, remind", "remind", "时限“受理时限”(accept):发现没有责任角色"),
        ("to: refused, role: unit, reason", "to: refused, reason", "步骤“不同意”(refuse):发现没有角色"),
        ("when: [publicity_over, no_open_objection]", "when: []", "自动步骤没有条件"),
        ("when: [publicity_over, no_open_objection]", "when: publicty_over", "不认识的条件“publicty_over”"),
        ("when: [publicity_over, no_open_objection]", "when: opinions_in", "在那里永远等不到"),
        ("when: opinions_against, final: true", "when: clock_over:handle", "步骤“会签不同意”(against):发现在状态“会签”(joint)等待"),
        ("from: joint, to: refused", "from: joint, to: refusd", "没有“refusd”这个状态;应为已写明的状态;是否想写“refused”"),
        ("different_from: [accept]", "different_from: [acept]", "没有“acept”这个步骤"),
        ("owner: unit}", "owner: nobody}", "没有“nobody”这个角色"),
        ("limit: 5 workdays, owner", "limit: 5 work days, owner", "时长,如 5 workdays"),
        ("limit: 5 workdays, owner", "limit: 0 workdays, owner", "时长为0"),
        ("table: {一般: 3 workdays, 复杂: 15 workdays}", "table: {一般: 3 workdays}", "为“复杂”时没有时长"),
        ("required: [title, level]", "required: [title]", "字段“level”可能还没有填"),
        ("required: [units]", "required: []", "字段“units”可能还没有填"),
        ("required: [title, level]", "required: [title, levl]", "必填项“levl”不在字段里"),
        ("type: string, enum: [一般, 复杂]", "type: number", "以下之一:object、array、string、integer、boolean"),
        ("format: decimal", "format: money", "不认识的格式“money”"),
        ("runs_in: [review]", "runs_in: [refused]", "在终点“不同意”(refused)计时"),
        ("paused_in: [supplement]", "paused_in: [filed]", "既计时又暂停"),
        ("roles:\n", "rolls: {}\nroles:\n", "是否想写“roles”"),
        ("plays: office", "plays: king", "发现“king”"),
        ("label: 草稿, start: true", "label: 草稿", "恰有一个状态写 start: true"),
        ("from: review, to: review, role", "from: refused, to: review, role", "终点之后没有步骤"),
        ("can_commit: [排水许可]", "can_commit: [环境影响评价]", "既可承诺又不可承诺"),
        ("extends: {clock: handle", "extends: {clock: handel", "没有“handel”这个时限"),
        ("by: 5 workdays}}", "by: soon}}", "时长,如"),
        ("appeal: {from: [refused]", "appeal: {from: [review]", "“review”不是终点"),
        ("name: 小流程", "name: 小流程\nmark: sure", "以下之一:verified"),
        ("objection: {in: [publicity], opens: objection, role: window}", "objection: {in: [publicity], opens: objection, role: king}", "没有“king”这个角色"),
        ("withdraw: {from: [draft", "withdraw: {effects: [Budget], from: [draft", "如 budget.reserve"),
        ("text: {type: string, title: 意见}", "award: {type: string, title: 金额}", "字段“award”:发现同名而不是同一回事;应为与“申请”里的相同"),
        ("note: {type: string, title: 说明}", "note: {type: integer, title: 人数, x-fact: employees}\n        staffing: {type: integer, title: 人数, x-fact: employees}", "事实“employees”已是字段“note”"),
        ("extends: {clock: handle, by: 5 workdays}", "settles: upheld", "出发状态没有异议"),
        ("limit: {by: level, table: {一般: 3 workdays, 复杂: 15 workdays}}", "limit: {until: ends}", "没有“ends”这个字段"),
        ("remind: [1 workday before]", "remind: [soon]", "如 1 workday before"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(old, new, said):
    assert old in SMALL
    found = faults(SMALL.replace(old, new))
    assert any(said in sentence for sentence in found), found


def test_every_fault_is_told_at_once_with_its_line():
    found = faults(
        SMALL.replace("plays: office", "plays: king").replace("limit: {by: level", "limit: {bye: level")
    )
    assert len(found) >= 2
    assert "small.yaml 第7行“roles.window.plays”" in found[0]


def test_a_condition_on_a_field_must_lead_on_for_every_choice():
    text = SMALL.replace(
        "to: review, role: window}\n  joined", 'to: review, role: window, when: "field:level=一般"}\n  joined'
    )
    text = text.replace("  ask: {label: 送会签, from: filed, to: joint, role: window, form: asking}\n", "")
    text = text[: text.index("  joined:")] + text[text.index("  more_time:") :]
    text = text.replace("  joint: {label: 会签}\n", "")
    text = text[: text.index("opinions:")] + text[text.index("publicity: {in") :]
    assert any(
        "状态“已提交”(filed):发现到不了任何终点:当“level”为“复杂”时,没有步骤可走" in one
        for one in faults(text)
    )
    more = '  complex: {label: 转审核, from: filed, to: review, role: window, when: "field:level=复杂"}\n  more_time:'
    assert process(text.replace("  more_time:", more)).transitions["complex"].when[0].value == "复杂"


def test_a_step_that_may_be_taken_once_is_no_way_out():
    text = SMALL.replace(
        "to: review, role: window}\n  joined", "to: review, role: window, once: true}\n  joined"
    )
    assert process(text)
    text = text.replace("role: window, form: asking}", "role: window, form: asking, at_most: 3}")
    assert any(
        "状态“已提交”(filed):发现到不了任何终点" in one and "限次的步骤不算出路" in one
        for one in faults(text)
    )


@pytest.mark.parametrize(("asked", "sound"), [("[title, level, lane]", True), ("[title, level]", False)])
def test_a_field_that_may_be_empty_needs_a_way_for_that_too(asked, sound):
    text = SMALL.replace("required: [title, level]", f"required: {asked}").replace("        note: {type", "        lane: {type: string, enum: [甲, 乙], title: 路}\n        note: {type")  # fmt: skip
    text = text.replace("from: review, to: publicity,", 'from: review, to: publicity, when: "field:lane=甲",')
    text = text.replace("to: refused, role: unit,", 'to: refused, when: "field:lane=乙", role: unit,')
    if sound:
        assert process(text)
    else:
        assert any("(review):发现到不了任何终点:当“lane”为空时" in one for one in faults(text))


def test_opinions_without_a_way_for_those_against_are_refused():
    text = SMALL[: SMALL.index("  against:")] + SMALL[SMALL.index("  more_time:") :]
    assert any("(joint):发现到不了任何终点:当意见已收齐而未获同意时" in one for one in faults(text))


def test_files_are_found_by_owner_and_version(tmp_path):
    folder = tmp_path / "city" / "processes"
    folder.mkdir(parents=True)
    (folder / "small.yaml").write_text(SMALL.replace('version: "1"', 'version: "2"'), encoding="utf-8")
    (folder / "small@1.yaml").write_text(SMALL, encoding="utf-8")
    assert [one.version for one in read_versions([tmp_path / "city"])["small"]] == ["1", "2"]
    assert read_processes([tmp_path / "city"])["small"].version == "2"
    (folder / "other.yaml").write_text(SMALL, encoding="utf-8")
    with pytest.raises(ProcessFaults) as caught:
        read_process(folder / "other.yaml")
    assert "文件名为small.yaml 或 small@1.yaml" in str(caught.value)
    with pytest.raises(ProcessFaults):
        read_versions([tmp_path / "city"])


def test_a_file_that_is_none_says_so(tmp_path):
    (tmp_path / "a.yaml").write_text("", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("- a\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_bytes(b"\xff\xfe\x00")
    for name in "abcd":
        with pytest.raises(ProcessFaults):
            read_process(tmp_path / f"{name}.yaml")


def test_every_process_of_the_packs_is_sound(root):
    assert len({one.key for one in pack_processes(root)}) == len(pack_processes(root)) > 0
