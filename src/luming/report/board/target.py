"""One target in full: its clause, its definition, the reckoning, the rule, every fact, the lights so far."""

from __future__ import annotations

from luming.facts import Fact
from luming.monitor import Assessment, Board, curve_words
from luming.pack import LightRule
from luming.report.board.code_list import code_list
from luming.report.board.course import light_history
from luming.report.board.document import quoted
from luming.report.board.drawing import drawing
from luming.report.board.element import Child, Element, anchor, el
from luming.report.board.figure import percent, plain, sentence
from luming.report.board.forecast import forecast_sentence
from luming.report.board.frame import section
from luming.report.board.ledger import Ledger, fact_link, fact_table
from luming.report.board.mark import light_chip, mark_chip
from luming.report.board.target_table import unit_text
from luming.report.codes import Codes
from luming.report.naming import called
from luming.report.phrases import growth_words, not_yet_judged, target_signs
from luming.report.shown import shown
from luming.report.wording import chinese_date

_FOLDED_FROM = 6


def target_section(board: Board, ledger: Ledger, codes: Codes) -> Element:
    """All targets in the order of the document."""
    return section("details", "目标详情", [_target(item, board, ledger, codes) for item in board.assessments])


def _target(item: Assessment, board: Board, ledger: Ledger, codes: Codes) -> Element:
    target = item.target
    id = anchor("target", target.id)
    held = [one for one in codes if one.subject == target.id]
    entries = [*_entries(item, board, ledger), *([("核验码", (code_list(held),))] if held else [])]
    return el(
        "article",
        el(
            "header",
            el("h3", target.label, id=f"{id}-title"),
            el("p", light_chip(item.light.light), " ", el("strong", target_signs(target), class_="demand")),
            el("a", "回到总表", href="#targets", class_="leads back"),
            class_="target-head",
        ),
        el("p", sentence(item.light.reason), class_="reason"),
        _override(item),
        el("h4", "文件依据"),
        quoted(item, board.pack),
        el("h4", "口径与算法"),
        el("dl", [_entry(name, *value) for name, value in entries], class_="facts-of"),
        drawing(item, board.pack.document.year),
        _facts(item, ledger),
        light_history(item),
        id=id,
        class_=f"target lit-{item.light.light.value}",
        aria_labelledby=f"{id}-title",
    )


def _override(item: Assessment) -> Element | None:
    if not item.light.override_by:
        return None
    until = f",有效期至{chinese_date(item.light.override_until)}" if item.light.override_until else ""
    return el(
        "p",
        el("span", "人工设定", class_="mark"),
        f" 由{item.light.override_by}设定{until}。按数据计算应为",
        light_chip(item.computed_light.light),
        f":{sentence(item.computed_light.reason)}",
        class_="override",
    )


def _entries(item: Assessment, board: Board, ledger: Ledger) -> list[tuple[str, tuple[Child, ...]]]:
    indicator, standing, rule = item.indicator, item.standing, board.rule
    entries: list[tuple[str, tuple[Child, ...]]] = [
        ("指标定义", (indicator.definition, " ", mark_chip(indicator.mark))),
        (
            "指标类型",
            (f"{indicator.kind.label},按{indicator.frequency.label}报送,期后约{indicator.lag_days}天有数",),
        ),
        ("怎样算", (sentence(standing.formula) or "没有当年数据,未计算。",)),
        ("完成情况", (_standing(item, rule),)),
        ("评判口径", (sentence(item.target.basis),)),
        ("计划进度", (_curve(item),)),
        ("亮灯规则", (el("a", rule.label, href="#rule", class_="leads"), " ", mark_chip(rule.mark))),
        ("年末预测", (forecast_sentence(item.forecast),)),
        ("责任单位", (unit_text(item),)),
        ("数据归口", (indicator.owner, " ", mark_chip(indicator.owner_mark)) if indicator.owner else ()),
        (
            "缺什么",
            tuple(el("p", sentence(called(missing, ledger.labels).sentence)) for missing in item.missing),
        ),
        ("参考数据", tuple(_proxy(fact, ledger) for fact in item.proxies)),
        ("说明", tuple(el("p", sentence(note)) for note in (item.target.note, indicator.note) if note)),
    ]
    return [(name, value) for name, value in entries if any(value)]


def _entry(name: str, *value: Child) -> Element:
    return el("div", el("dt", name), el("dd", *value))


def _standing(item: Assessment, rule: LightRule) -> str:
    standing = item.standing
    if standing.completion is None:
        return ""
    figures = shown(standing, rule)
    parts = [f"完成{figures.completion_words}"]
    if not_yet_judged(item):
        parts.append("年末考核,尚未到期")
    elif standing.deviation_points is not None:
        parts.append(f"计划进度{figures.scheduled_words}")
        parts.append(figures.deviation_words)
    if standing.gap is not None and standing.gap > 0:
        parts.append(f"距目标还差{plain(standing.gap)}{standing.gap_unit}")
    growth = growth_words(item)
    return sentence(",".join([*parts, growth] if growth else parts))


def _curve(item: Assessment) -> str:
    points = "、".join(f"{point.month}月{percent(point.share)}" for point in item.curve.points)
    return "".join(sentence(words) for words in (curve_words(item.curve), points, item.curve.note))


def _proxy(fact: Fact, ledger: Ledger) -> Element:
    return el("p", f"{ledger.label(fact)},{fact.period.label()}:", fact_link(fact), f"({fact.status.label})")


def _facts(item: Assessment, ledger: Ledger) -> Child:
    home = ledger.home[item.indicator.id]
    if home != item.target.id:
        return el(
            "p",
            "数据与",
            el("a", "同一指标的目标", href=f"#{anchor('target', home)}", class_="leads"),
            "相同。",
        )
    facts = ledger.under(item)
    if not facts:
        return [el("h4", "全部数据"), el("p", "还没有收录这个指标的数据。", class_="empty")]
    near = tuple(fact for fact in facts if _is_near(fact, item))
    far = tuple(fact for fact in facts if not _is_near(fact, item))
    if not near or len(far) < _FOLDED_FROM:
        return [el("h4", "全部数据"), fact_table(f"{item.indicator.label}的数据", facts, ledger)]
    return [
        el("h4", "全部数据"),
        fact_table(f"{item.indicator.label}的数据", near, ledger),
        el(
            "details",
            el("summary", f"更早年份与分区县的数据({len(far)}条)"),
            fact_table(f"{item.indicator.label}更早年份与分区县的数据", far, ledger),
        ),
    ]


def _is_near(fact: Fact, item: Assessment) -> bool:
    """Whether the fact speaks of the target's own year and subject."""
    standing = item.standing
    main = standing.latest or standing.earlier or (item.series[-1] if item.series else fact)
    year = item.target.deadline.year if item.target.deadline else main.period.end.year
    return fact.subject == main.subject and fact.period.end.year >= year
