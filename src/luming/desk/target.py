"""What a target needs beside its number: an indicator of the dictionary, a planned curve, and last year's promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pydantic import ValidationError

from luming.desk.decomposition import Decomposition
from luming.desk.faults import DeskFaults, refusal
from luming.desk.fields import UNITS, is_known_unit, read_number
from luming.errors import Fault, UnitMismatch
from luming.facts import Frequency, Indicator, IndicatorKind
from luming.mark import Mark
from luming.pack import Commitment, CommitmentKind, Curve, CurvePoint, Pack
from luming.unit import parse_unit, same_kind

CURVES = {
    "linear": "按天均匀推进",
    "level": "全年都应保持",
    "year_end": "年底一次考核",
    "monthly": "逐月填写",
}
"""The kinds of a planned curve, as an officer says them."""

INDICATOR_FIELDS = {
    "label": "指标名称",
    "definition": "口径",
    "unit": "单位",
    "kind": "类型",
    "frequency": "频度",
    "lag_days": "滞后天数",
    "owner": "询问单位",
    "source": "数据来源",
    "note": "备注",
}
"""The fields of a new entry of the dictionary, with the name a form gives them."""

NO_DEFINITION = "文件未给出口径,待主管部门确认"
_UNIT_KINDS = {"ratio": IndicatorKind.RATIO, "point": IndicatorKind.GROWTH}


def link_indicator(decomposition: Decomposition, id: str, indicator: str) -> Decomposition:
    """Say which indicator of the dictionary a commitment is measured by; "" takes the link away.

    Raises:
        DeskFaults: the dictionary has no such entry, or its unit is of another kind.
    """
    item = decomposition.proposal(id)
    commitment = item.commitment
    if indicator:
        entry = next((one for one in decomposition.indicators if one.id == indicator), None)
        if entry is None:
            raise refusal(
                "no_indicator", f"“{commitment.label}”", f"指标“{indicator}”", "指标字典中已有的指标"
            )
        if not _measurable(commitment.unit, entry.unit):
            raise refusal(
                "unit_kind",
                f"“{commitment.label}”",
                f"单位“{commitment.unit}”",
                f"与指标“{entry.label}”的单位“{entry.unit}”同类的单位",
                "请另选指标,或新建一个",
            )
    changed = commitment.model_copy(update={"indicator": indicator})
    return decomposition.with_proposal(item.model_copy(update={"commitment": changed}))


def create_indicator(decomposition: Decomposition, id: str, fields: Mapping[str, str]) -> Decomposition:
    """Put a new entry into the dictionary and measure a commitment by it.

    Args:
        fields: names of `INDICATOR_FIELDS`; what is left out gets the value of `proposed_indicator`.

    Raises:
        DeskFaults: every field that cannot be read; or an entry of that name is there already.
    """
    proposed = proposed_indicator(decomposition, id)
    typed = {name: text.strip() for name, text in fields.items() if text.strip()}
    faults = [
        Fault(f"desk.{name}", f"“{name}”", "不认识的一项", "、".join(INDICATOR_FIELDS.values()))
        for name in typed
        if name not in INDICATOR_FIELDS
    ]
    known = {name: text for name, text in typed.items() if name in INDICATOR_FIELDS}
    if any(one.label == known.get("label", proposed.label) for one in decomposition.indicators):
        label = known.get("label", proposed.label)
        faults.append(
            Fault("desk.label", "“指标名称”", f"字典里已有“{label}”", "新的名称", "可直接选用已有的指标")
        )
    try:
        parse_unit(known.get("unit", proposed.unit))
    except UnitMismatch:
        faults.append(Fault("desk.unit", "“单位”", f"“{known.get('unit', proposed.unit)}”", UNITS))
    try:
        entry = Indicator.model_validate({**proposed.model_dump(), **known})
    except ValidationError as problem:
        faults += [_fault(str(error["loc"][0]), error["input"]) for error in problem.errors()]
    if faults:
        raise DeskFaults(faults)
    added = decomposition.changed(indicators=(*decomposition.indicators, entry))
    return link_indicator(added, id, entry.id)


def create_missing(decomposition: Decomposition, measure: str) -> Decomposition:
    """Give every target of a measure that has no indicator its own: the entry of its very name, else a new one.

    A target whose unit is not known waits until a person has put it right.

    Raises:
        DeskFaults: there is no such measure.
    """
    anchors = {sentence.id for sentence in decomposition.measure(measure).sentences}
    for item in decomposition.proposals:
        known = {one.id for one in decomposition.indicators}
        wanted = item.stands and wants_indicator(item.commitment) and item.commitment.indicator not in known
        if wanted and item.commitment.clause in anchors and is_known_unit(item.commitment.unit):
            decomposition = _with_own_indicator(decomposition, item.commitment)
    return decomposition


def _with_own_indicator(decomposition: Decomposition, item: Commitment) -> Decomposition:
    """The target linked to the entry of its name; where that is of another kind of unit, the new one names its unit."""
    entry = next((one for one in decomposition.indicators if item.label in one.names), None)
    if entry is not None and _measurable(item.unit, entry.unit):
        return link_indicator(decomposition, item.id, entry.id)
    label = item.label if entry is None else f"{item.label}({item.unit})"
    return create_indicator(decomposition, item.id, {"label": label})


def proposed_indicator(decomposition: Decomposition, id: str) -> Indicator:
    """The entry of the dictionary that a commitment would get by itself: its label, its unit, a guessed kind.

    Raises:
        DeskFaults: there is no such commitment.
    """
    commitment = decomposition.proposal(id).commitment
    try:
        kind = _UNIT_KINDS.get(parse_unit(commitment.unit).kind, IndicatorKind.FLOW)
    except UnitMismatch:
        kind = IndicatorKind.FLOW
    if kind is IndicatorKind.FLOW and ("总数" in commitment.label or "达到" in commitment.label):
        kind = IndicatorKind.STOCK
    wanted = f"i{decomposition.document.year}_{id}"
    used = {one.id for one in decomposition.indicators}
    number = next(n for n in range(1, len(used) + 2) if (wanted if n == 1 else f"{wanted}_{n}") not in used)
    return Indicator(
        id=wanted if number == 1 else f"{wanted}_{number}",
        label=commitment.label,
        definition=NO_DEFINITION,
        unit=commitment.unit,
        kind=kind,
        frequency=Frequency.QUARTER,
        lag_days=30,
        mark=Mark.EXPECTED,
    )


def set_curve(
    decomposition: Decomposition, id: str, kind: str, shares: Sequence[str] = (), note: str = ""
) -> Decomposition:
    """Set the planned curve of a target; kind "" goes back to the default, a straight line over the year.

    Args:
        kind: a word of `CURVES`.
        shares: for `monthly`, the twelve shares of the year's target due by the end of each month, in percent.

    Raises:
        DeskFaults: no target, an unknown kind, or shares that are not twelve, fall, or do not end at 100.
    """
    if not decomposition.is_target(id):
        raise refusal("no_target", "计划曲线", f"“{id}”", "仍列为目标的条目")
    others = tuple(one for one in decomposition.curves if one.target != id)
    if not kind:
        return decomposition.changed(curves=others)
    if kind not in CURVES:
        raise refusal("curve", "“计划曲线”", f"“{kind}”", f"以下之一:{'、'.join(CURVES.values())}")
    points = _points(shares) if kind == "monthly" else ()
    curve = Curve(target=id, kind=kind, points=points, mark=Mark.OURS, note=note.strip())
    return decomposition.changed(curves=(*others, curve))


def set_continues(decomposition: Decomposition, id: str, old: str, last_year: Pack | None) -> Decomposition:
    """Say which of last year's commitments this one carries on; "" says that it is new.

    Raises:
        DeskFaults: last year's document holds no such commitment.
    """
    item = decomposition.proposal(id)
    known = {one.id for one in last_year.commitments} if last_year is not None else set()
    if old and old not in known:
        raise refusal(
            "no_predecessor", f"“{item.commitment.label}”", f"上年条目“{old}”", "上年文件中已有的条目"
        )
    changed = item.commitment.model_copy(update={"continues": old})
    return decomposition.with_proposal(item.model_copy(update={"commitment": changed}))


def wants_indicator(item: Commitment) -> bool:
    """Whether a commitment must name an indicator: every target."""
    return item.kind is CommitmentKind.TARGET


def _measurable(unit: str, by: str) -> bool:
    try:
        return same_kind(unit, by)
    except UnitMismatch:
        return True  # told by the open points


def _fault(name: str, found: object) -> Fault:
    expected = {
        "kind": "、".join(one.label for one in IndicatorKind),
        "frequency": "、".join(one.label for one in Frequency),
        "lag_days": "0到1000之间的整数",
    }.get(name, "一段文字")
    return Fault(f"desk.{name}", f"“{INDICATOR_FIELDS.get(name, name)}”", f"“{found}”", expected)


def _points(shares: Sequence[str]) -> tuple[CurvePoint, ...]:
    where = "“逐月进度”"
    if len(shares) != 12:
        raise refusal("curve_points", where, f"{len(shares)}个数", "1至12月各一个百分数")
    values: list[Decimal] = []
    faults = []
    for month, typed in enumerate(shares, 1):
        try:
            values.append(read_number(typed.strip().removesuffix("%")) / 100)
        except ValueError:
            faults.append(Fault("desk.curve_points", f"{where}{month}月", f"“{typed}”", "0到100之间的数"))
    if faults:
        raise DeskFaults(faults)
    if values != sorted(values) or values[0] < 0:
        raise refusal("curve_falls", where, "有回落或负数", "逐月不减的累计进度")
    if values[-1] != 1:
        raise refusal("curve_end", where, f"12月为{format(values[-1] * 100, 'f')}", "100,即全年目标")
    return tuple(
        CurvePoint(month=month, share=Decimal(format(value, "f"))) for month, value in enumerate(values, 1)
    )
