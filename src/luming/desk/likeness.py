"""What a commitment or a sentence resembles: entries of the dictionary, last year's promises, mechanisms.

Likeness is counted on pairs of neighbouring characters (the Dice coefficient), which needs no dictionary of words and
serves short Chinese names well. It only orders suggestions; a person chooses.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from luming.desk.decomposition import Decomposition
from luming.document import fold
from luming.errors import UnitMismatch
from luming.pack import Binding, BindingStatus, Commitment, CommitmentKind, Mechanism, Pack
from luming.unit import same_kind

LEAST = 0.25
"""Below this two names have too little in common to be worth a suggestion; chosen by looking at Baotou's names."""

_MECHANISM_WORDS: tuple[tuple[Mechanism, str], ...] = (
    (
        Mechanism.NONE,
        r"提高认识|加强领导|指导思想|高度重视|舆论|氛围|全会精神|会议精神|重要讲话|组织领导|形成(?:工作)?合力|制定(?:本|以下)",
    ),
    (Mechanism.CARBON, r"碳足迹|碳排放|绿电|零碳|降碳"),
    (Mechanism.MARKET, r"交易所|交易中心|指数|挂牌"),
    (Mechanism.SUPPORT, r"补助|补贴|奖励|贴息|资助|给予.{0,20}支持|最高|专项资金|减免|奖补|资金支持"),
    (Mechanism.MATCHING, r"揭榜挂帅|供需|对接|匹配|需求清单|成果转化|引进.{0,8}(?:团队|人才)|技术经纪"),
    (Mechanism.STANDARDS, r"认定|评定|梯度培育|高新技术企业|专精特新|评价|分级|标准体系"),
    (Mechanism.CASES, r"审批|申报|备案|受理|办理|验收|评审|试点|立项|登记|招商|项目建设|建设"),
    (Mechanism.CHAINS, r"产业链|补链|强链|延链|配套率|链主|集群"),
    (Mechanism.FORESIGHT, r"前瞻|未来产业|研判|路线图|规划布局|谋划"),
    (Mechanism.EVIDENCE, r"知识产权|数据产权|存证|确权"),
    (Mechanism.MONITOR, r"监测|考核|督查|调度|通报|统计|评估"),
    (Mechanism.FACTS, r"台账|数据库|信息平台|底数|清单"),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to choose, with how alike it is (of 1) and why it is offered."""

    id: str
    label: str
    likeness: float
    reason: str


@dataclass(frozen=True, slots=True)
class BindingSuggestion:
    """A mechanism that might carry a sentence out, with the word that says so."""

    binding: Binding
    word: str


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1.

    >>> likeness("稀土产业产值", "稀土产业产值")
    1.0
    """
    first, second = _pairs(one), _pairs(other)
    total = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / total if total else float(fold(one) == fold(other))


def like_indicators(decomposition: Decomposition, id: str, most: int = 5) -> tuple[Suggestion, ...]:
    """The entries of the dictionary that a commitment may be measured by, best first.

    Raises:
        DeskFaults: there is no such commitment.
    """
    item = decomposition.proposal(id).commitment
    found = []
    for entry in decomposition.indicators:
        if _alike_in_kind(item.unit, entry.unit):
            alike, name = max((likeness(item.label, name), name) for name in entry.names)
            if alike >= LEAST:
                found.append(Suggestion(entry.id, entry.label, alike, f"名称与“{name}”相近"))
    return _best(found, most)


def link_known(decomposition: Decomposition) -> Decomposition:
    """Each target without an indicator linked to the entry of the dictionary that bears exactly its name, if any."""
    by_name = {fold(name): entry for entry in decomposition.indicators for name in entry.names}
    for item in decomposition.proposals:
        commitment = item.commitment
        entry = by_name.get(fold(commitment.label))
        wanted = commitment.kind is CommitmentKind.TARGET and not commitment.indicator
        if wanted and entry is not None and _alike_in_kind(commitment.unit, entry.unit):
            linked = commitment.model_copy(update={"indicator": entry.id})
            decomposition = decomposition.with_proposal(item.model_copy(update={"commitment": linked}))
    return decomposition


def like_last_year(
    decomposition: Decomposition, id: str, last_year: Pack, most: int = 5
) -> tuple[Suggestion, ...]:
    """The commitments of last year that this one may carry on, best first; the same indicator goes before all.

    Raises:
        DeskFaults: there is no such commitment.
    """
    item = decomposition.proposal(id).commitment
    found = []
    for old in last_year.commitments:
        if item.indicator and old.indicator == item.indicator:
            found.append(Suggestion(old.id, said(old), 1.0, "同一指标"))
        elif old.kind is item.kind and _alike_in_kind(item.unit, old.unit):
            alike = likeness(item.label, old.label)
            if alike >= LEAST:
                found.append(Suggestion(old.id, said(old), alike, "名称相近、单位同类"))
    return _best(found, most)


def like_mechanisms(quote: str, most: int = 3) -> tuple[BindingSuggestion, ...]:
    """The mechanisms that a sentence's words point to, in the order of the table; 平台建议, a person decides."""
    written = fold(quote)
    found = []
    for mechanism, words in _MECHANISM_WORDS:
        if match := re.search(words, written):
            none = mechanism is Mechanism.NONE
            status = BindingStatus.NOT_SOFTWARE if none else BindingStatus.PLANNED
            reference = "由领导和组织机制落实" if none else f"由“{mechanism.label}”承接,已列入建设计划"
            binding = Binding(mechanism=mechanism, status=status, reference=reference)
            found.append(BindingSuggestion(binding, match[0]))
    return tuple(found[:most])


def said(item: Commitment) -> str:
    """A commitment in a few words: 稀土产业产值 ≥1000亿元."""
    return f"{item.label} {level(item)}".strip()


def level(item: Commitment) -> str:
    """What it asks for, without its name: ≥1000亿元, 增长≥10%."""
    parts = []
    if item.value is not None:
        low = f"{format(item.alt_value, 'f')}—" if item.alt_value is not None else ""
        parts.append(f"{item.comparator.label}{low}{format(item.value, 'f')}{item.unit}")
    if item.growth is not None:
        growth = item.growth
        parts.append(f"增长{growth.comparator.label}{format(growth.value, 'f')}{growth.unit}")
    return " ".join(parts)


def _pairs(name: str) -> Counter[str]:
    plain = re.sub(r"\W", "", fold(name))
    return Counter(plain[at : at + 2] for at in range(len(plain) - 1))


def _alike_in_kind(one: str, other: str) -> bool:
    try:
        return same_kind(one, other)
    except UnitMismatch:
        return False


def _best(found: list[Suggestion], most: int) -> tuple[Suggestion, ...]:
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.label))[:most])
