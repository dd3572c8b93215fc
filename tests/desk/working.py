"""A small document on the desk, and decompositions that came about by working on it."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from luming.desk import (
    Decomposition,
    DeskFaults,
    accept,
    accept_all,
    add,
    assign,
    bind,
    bind_rest,
    correct,
    create_indicator,
    decompose,
    explain,
    loose_numbers,
    mark_not_software,
    merge,
    reject,
    restore,
    retitle,
    set_curve,
    set_head,
    split,
    unbind,
    withdraw,
)

TEXT = """某市人民政府关于促进科技创新的若干措施
某政发〔2026〕3号
(2026年2月1日)
为深入贯彻第二十届会议精神,推动科技创新,全年研发投入突破120亿元、增长12%以上。
一、培育主体
1.培育科技企业。年内高新技术企业达到600家以上,新增科技型中小企业100家;实施“双百”工程。对首次认定的给予最高30万元奖励。
(牵头单位:市科技局;配合单位:市财政局)
2.建设平台。建设3个中试基地,开展5G应用试点。推动成果转化。
二、强化保障
3.加强领导。各地各部门要提高认识,加强统筹。设立10亿元创新基金,其中2026年到位4亿元。
"""


def fresh() -> Decomposition:
    """The small document as it comes onto the desk."""
    return decompose(TEXT, "mou.2026-3", "某市")


def settled() -> Decomposition:
    """The small document with everything decided: nothing blocks its publication."""
    desk = fresh()
    for measure in desk.measures:
        desk = accept_all(desk, measure.id)
    for item in desk.commitments():
        if item.kind == "target":
            desk = create_indicator(desk, item.id, {"label": f"{item.label}({item.id})"})
    for sentence in desk.sentences():
        for number in loose_numbers(desk, sentence):
            desk = explain(desk, number.anchor, number.start, number.end, "名称或年份中的数字")
    for measure in desk.measures:
        if any(not sentence.bindings for sentence in measure.sentences):
            desk = bind_rest(desk, measure.id, "cases", "planned")
    return desk


def at(desk: Decomposition, words: str) -> tuple[str, int, int]:
    """Anchor and span of some words of the text; they must be there."""
    start = desk.text.index(words)
    anchor = next(one.id for one in desk.sentences() if one.start <= start < one.end)
    return anchor, start, start + len(words)


Step = Callable[[Decomposition], Decomposition]


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """One thing an officer may do, on a sentence, proposal or measure picked by chance."""
    pick = draw(st.integers(0, 10**6))
    words = draw(st.sampled_from(["理由", "会议名称", "a: b", "- x", "'", "# y", "“引”", "多\n行"]))

    def sentence(desk: Decomposition) -> str:
        return desk.sentences()[pick % len(desk.sentences())].id

    def proposal(desk: Decomposition) -> str:
        return desk.proposals[pick % len(desk.proposals)].id

    def measure(desk: Decomposition) -> str:
        return desk.measures[pick % len(desk.measures)].id

    def cut(desk: Decomposition) -> Decomposition:
        one = desk.sentence(sentence(desk))[1]
        return split(desk, one.id, one.start + pick % max(one.end - one.start, 1))

    def enter(desk: Decomposition) -> Decomposition:
        one = desk.sentence(sentence(desk))[1]
        number = loose_numbers(desk, one)[0]
        fields = {"label": words, "value": number.value, "unit": number.unit or "个", "kind": "count"}
        return add(desk, one.id, number.start, number.end, fields)

    def tell(desk: Decomposition) -> Decomposition:
        number = loose_numbers(desk, desk.sentence(sentence(desk))[1])[0]
        return explain(desk, number.anchor, number.start, number.end, words)

    def bound(desk: Decomposition) -> Decomposition:
        one = desk.sentence(sentence(desk))[1]
        start = pick % len(one.quote)
        quote = one.quote[start : start + 1 + pick % 9] if pick % 3 else ""
        return bind(desk, [one.id], "matching", "planned", f"{words} {pick}", quote)

    actions: dict[str, Step] = {
        "accept": lambda desk: accept(desk, proposal(desk)),
        "correct": lambda desk: correct(desk, proposal(desk), {"label": words, "basis": words}),
        "kind": lambda desk: correct(desk, proposal(desk), {"label": "数量", "kind": "count"}),
        "reject": lambda desk: reject(desk, proposal(desk), words),
        "restore": lambda desk: restore(desk, proposal(desk)),
        "add": enter,
        "explain": tell,
        "withdraw": lambda desk: withdraw(desk, desk.remarks[0].start, desk.remarks[0].end),
        "split": cut,
        "merge": lambda desk: merge(desk, sentence(desk)),
        "bind": bound,
        "unbind": lambda desk: unbind(desk, sentence(desk), 0),
        "none": lambda desk: mark_not_software(desk, [sentence(desk)], words),
        "assign": lambda desk: assign(desk, measure(desk), ["市科技局"], [words.replace("\n", "")]),
        "unassign": lambda desk: assign(desk, measure(desk), []),
        "curve": lambda desk: set_curve(desk, proposal(desk), ["year_end", "level", ""][pick % 3]),
        "indicator": lambda desk: create_indicator(desk, proposal(desk), {"label": f"{words}{pick}"}),
        "head": lambda desk: set_head(desk, {"title": words, "number": words}),
        "retitle": lambda desk: retitle(desk, measure(desk), words),
    }
    name = draw(st.sampled_from(sorted(actions)))

    def step(desk: Decomposition) -> Decomposition:
        try:
            return actions[name](desk)
        except (DeskFaults, IndexError):  # refused, or nothing there to do it on
            return desk

    return step


@st.composite
def worked(draw: st.DrawFn) -> Decomposition:
    """A decomposition after some work."""
    desk = draw(st.sampled_from([fresh(), settled()]))
    for step in draw(st.lists(steps(), max_size=8)):
        desk = step(desk)
    return desk
