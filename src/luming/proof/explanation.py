"""A proof in plain Chinese: clause → rule → inputs → result, for the terminal, the page and the sign on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from luming.facts import Fact
from luming.monitor import figure
from luming.pack import Source
from luming.proof.code import written
from luming.proof.kind import Kind
from luming.proof.model import Proof
from luming.proof.reckon import RANKS
from luming.punctuation import full_width

_SHOWN_ON_SIGN, _LINE_ON_SIGN = 2, 56


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the chain: its name and its lines."""

    name: str
    lines: tuple[str, ...]


def chain(proof: Proof, parts: Mapping[str, Proof] = MappingProxyType({})) -> tuple[Step, ...]:
    """The steps from the clause to the figure.

    Args:
        parts: the proofs that a count goes over, by SHA-256; named where they are given.
    """
    return (
        Step("条款", tuple(_clause(proof))),
        Step("规则", tuple(_rule(proof))),
        Step("数据", tuple(_inputs(proof, parts)) or ("不用数据。",)),
        Step("结果", (f"{proof.label}:{proof.result.words}", f"算式:{proof.result.formula}")),
    )


def _clause(proof: Proof) -> Iterator[str]:
    yield proof.clause
    if proof.quote:
        yield f"“{proof.quote}”"


def _rule(proof: Proof) -> Iterator[str]:
    yield f"{proof.kind.rule}(规则 {proof.kind.rule_id}),截至{proof.inputs.as_of}"
    inputs, rule = proof.inputs, proof.inputs.light_rule
    if inputs.indicator is not None:
        yield f"指标:{inputs.indicator.label},{inputs.indicator.kind.label},单位{inputs.indicator.unit}"
    if proof.kind is Kind.MISSING and inputs.indicator is not None:
        indicator = inputs.indicator
        yield f"报送:按{indicator.frequency.label},期后约{indicator.lag_days}天有数({indicator.rhythm_mark.label})"
    if proof.kind in (Kind.LIGHT, Kind.COUNT):
        edges = f"落后{rule.yellow_from_points}至{rule.red_above_points}个百分点黄灯,超过{rule.red_above_points}个百分点红灯"
        yield f"亮灯规则:{rule.label}({rule.mark.label}),{edges}"
    if inputs.curve is not None:
        yield f"计划曲线:文件数据给定({inputs.curve.mark.label})"
    if inputs.override is not None:
        held = inputs.override
        yield f"人工设定:{held.by}设为{held.light.label},{held.from_day}至{held.until},理由:{held.reason}"


def _inputs(proof: Proof, parts: Mapping[str, Proof]) -> Iterator[str]:
    inputs = proof.inputs
    if inputs.parts:
        yield f"{len(inputs.parts)}{_counted(proof)},每项另有核验码"
        yield from (part_words(parts[one]) for one in inputs.parts if one in parts)
    if inputs.target is not None and proof.kind not in RANKS | {Kind.TARGET}:
        target = inputs.target
        level = "" if target.value is None else f"{target.comparator.label}{target.value}{target.unit}"
        growth = f"增长{target.growth.comparator.label}{target.growth.value}%" if target.growth else ""
        yield f"要求:{','.join(filter(None, (level, growth)))}"
    if proof.kind is Kind.TARGET:
        return
    if proof.kind is Kind.MISSING and not inputs.facts:
        yield "这个指标那天没有任何数据。"
    for fact in inputs.facts:
        yield fact_words(fact, inputs.sources)


def _counted(proof: Proof) -> str:
    return "项目标的亮灯" if proof.kind is Kind.COUNT else "个缺数的应取得日期"


def part_words(part: Proof) -> str:
    """One of the figures that are counted, with its own code."""
    return f"{part.group}:{part.result.words}({written(part.code)})"


def fact_words(fact: Fact, sources: tuple[Source, ...]) -> str:
    """A fact on one line: whose, when, how much, from whom, since when known, and its id."""
    source = next((held for held in sources if held.id == fact.source), None)
    origin = "演示数据" if fact.demo else source.publisher if source is not None else fact.source
    words = (
        f"{fact.subject} {fact.period.label()} {figure(fact)};{origin};{fact.recorded_on}获知;编号 {fact.id}"
    )
    return f"{words};更正 {fact.supersedes}" if fact.supersedes else words


def sign_words(proof: Proof) -> str:
    """The chain in as few words as a sign on paper carries, for telephones without a network; long names are cut."""
    facts = proof.inputs.facts
    lines = [f"{proof.label}:{proof.result.words}", f"条款:{proof.clause}"]
    lines.append(f"规则:{proof.kind.rule}({proof.kind.rule_id}),截至{proof.inputs.as_of}")
    if proof.inputs.parts:
        lines.append(f"数据:{len(proof.inputs.parts)}{_counted(proof)}")
    elif facts and proof.kind is not Kind.TARGET:
        told = [f"{fact.period.label()}{figure(fact)}" for fact in facts[-_SHOWN_ON_SIGN:]]
        more = f"等{len(facts)}个" if len(facts) > _SHOWN_ON_SIGN else ""
        demo = "(演示数据)" if facts[0].demo else ""
        lines.append(f"数据:{'、'.join(told)}{more}{demo}")
    code = written(proof.code)
    cut = [line if len(line) <= _LINE_ON_SIGN else line[: _LINE_ON_SIGN - 1] + "…" for line in lines]
    return full_width("\n".join((f"鹿鸣核验码 {code}", *cut, f"核验:luming recompute {code}")))
