"""What the files of a pack must agree on with each other and with the text.

The model checks each value by itself; here are the rules that need two: anchors against the text, targets against
the dictionary, units against units, curves against targets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from luming.document import fold
from luming.errors import Fault, UnitMismatch
from luming.pack.model import Commitment, Pack
from luming.pack.terms import BindingStatus, CommitmentKind, CountedOver, IdentifiedBy, Mechanism, Thing
from luming.unit import convert, parse_unit

NEED_EVERY_FILE = {
    "pack.no_indicator",
    "pack.no_clause",
    "pack.no_text",
    "pack.text_changed",
    "pack.no_such_source",
    "pack.no_such_measure",
    "pack.no_such_indicator",
    "pack.no_such_target",
}
"""Faults that only mean something when every file could be read; otherwise they would echo another fault."""


def disagreements(pack: Pack, text_sha256: str) -> list[Fault]:
    """Every disagreement in the pack; empty when it is sound.

    text_sha256: hash of the bytes of the text as it lies in the folder; "" without text.
    """
    return [
        *_duplicates(pack),
        *_text(pack, text_sha256),
        *_sentences(pack),
        *_bindings(pack),
        *(fault for item in pack.commitments for fault in _commitment(pack, item)),
        *_numbers(pack),
        *_references(pack),
        *_curves(pack),
        *_rule(pack),
        *_counting(pack),
    ]


def _duplicates(pack: Pack) -> Iterator[Fault]:
    sentences = [sentence.id for measure in pack.measures for sentence in measure.sentences]
    named = {
        "measures 里的锚点": sentences,
        "measures 里的编号": [measure.id for measure in pack.measures],
        "commitments.yaml": [item.id for item in pack.commitments],
        "indicators.yaml": [item.id for item in pack.indicators],
        "sources.yaml": [item.id for item in pack.sources],
        "duties.yaml": [item.measure for item in pack.duties],
        "counting.yaml": [item.indicator for item in pack.counting],
        "monitor.yaml 的曲线": [item.target for item in pack.curves],
    }
    for where, ids in named.items():
        for id, count in Counter(ids).items():
            if count > 1:
                yield Fault(
                    "pack.duplicate", where, f"“{id}”出现{count}次", "每个编号只用一次", "请改名或合并"
                )


def _text(pack: Pack, text_sha256: str) -> Iterator[Fault]:
    head = pack.document
    if not head.text and not head.partial:
        yield Fault(
            "pack.no_text", "document.yaml", "没有原文(text)", "原文文件名;确无原文时写 partial: true"
        )
    if head.text and head.sha256 != text_sha256:
        yield Fault(
            "pack.text_changed",
            f"document.yaml 的 sha256({head.text})",
            f"“{head.sha256[:12]}…”,与原文实际的“{text_sha256[:12]}…”不同",
            "原文未经改动",
            "原文如确有更正,请重新生成锚点并更新 sha256",
        )


def _sentences(pack: Pack) -> Iterator[Fault]:
    if not pack.text:
        return
    at = 0
    ordered = sorted((s for m in pack.measures for s in m.sentences), key=lambda s: s.start)
    for sentence in ordered:
        where = f"句子 {sentence.id}"
        if pack.text[sentence.start : sentence.end] != sentence.quote:
            yield Fault(
                "pack.quote",
                where,
                f"引文与原文第{sentence.start}—{sentence.end}字不一致",
                f"“{pack.text[sentence.start : sentence.end][:30]}”",
                "请重新生成锚点",
            )
        elif sentence.start < at:
            yield Fault("pack.overlap", where, f"与前一句重叠(从第{sentence.start}字起)", f"不早于第{at}字")
        at = max(at, sentence.end)


def _bindings(pack: Pack) -> Iterator[Fault]:
    for measure in pack.measures:
        for sentence in measure.sentences:
            if not sentence.bindings and not pack.document.draft:
                yield Fault(
                    "pack.unbound",
                    f"句子 {sentence.id}",
                    "没有绑定机制(bindings)",
                    "至少一项;确不属软件事项的写明理由(mechanism: none)",
                )
            for binding in sentence.bindings:
                absent = binding.status is BindingStatus.NOT_SOFTWARE
                if absent is not (binding.mechanism is Mechanism.NONE):
                    yield Fault(
                        "pack.binding",
                        f"句子 {sentence.id}",
                        f"机制“{binding.mechanism}”配状态“{binding.status}”",
                        "机制为 none 时状态为 not_software,反之亦然",
                    )
                if binding.quote and binding.quote not in sentence.quote:
                    yield Fault(
                        "pack.binding_quote", f"句子 {sentence.id}", f"“{binding.quote}”", "该句中的原话"
                    )


def _commitment(pack: Pack, item: Commitment) -> Iterator[Fault]:
    where = f"commitments.yaml 的“{item.id}”"
    yield from _unit(pack, item, where)
    if item.value is None and item.growth is None:
        yield Fault("pack.no_value", where, "既没有 value 也没有 growth", "至少写明其一")
    known = not pack.document.draft
    if known and item.kind is CommitmentKind.TARGET and item.indicator not in pack.indicators_by_id:
        yield Fault("pack.no_indicator", where, f"指标“{item.indicator}”", "indicators.yaml 中已有的指标")
    if pack.document.partial and not item.clause:
        if not item.source:
            yield Fault("pack.no_source", where, "没有 source", "无原文锚点的数字须写明出处")
        return
    if item.clause not in pack.sentences_by_anchor:
        yield Fault("pack.no_clause", where, f"条款锚点“{item.clause}”", "measures 里已有的句子")
        return
    sentence = pack.sentence(item.clause)[1]
    if not sentence.start <= item.start < item.end <= sentence.end:
        yield Fault(
            "pack.span",
            where,
            f"第{item.start}—{item.end}字",
            f"在句子 {item.clause} 的第{sentence.start}—{sentence.end}字之内",
        )
    else:
        for part in (item, item.growth):
            if part is not None and pack.text[part.start : part.end] != part.quote:
                yield Fault(
                    "pack.quote", where, f"引文“{part.quote}”", f"“{pack.text[part.start : part.end]}”"
                )
            elif (
                part is not None
                and part.value is not None
                and not quote_says(part.quote, part.value, part.unit)
            ):
                yield Fault(
                    "pack.value",
                    where,
                    f"数值“{part.value}{part.unit}”",
                    f"与引文“{part.quote}”相同",
                    "请改数值和单位,或改引文的字位",
                )


_NUMBER = re.compile(r"(\d[\d,\uff0c]*(?:\.\d+)?)([^\d]*)")
_PROPORTION = re.compile(r"(\d+(?:\.\d+)?)[:\u2236](\d+(?:\.\d+)?)")
_BETWEEN = re.compile(r"^[\s至到—–~、和及-]+|[\s至到—–~、和及-]+$")


def quote_says(quote: str, value: Decimal, unit: str) -> bool:
    """Whether a quote with Arabic numbers holds the value; numbers written in Chinese are not read here.

    Traditional characters are read as simplified ones (1500萬元), a broken line as one (40个工作日), and a proportion
    as a percentage of either side (1:1 is 100%, 1:0.5 is 50% or 200%).
    """
    quote = re.sub(r"\s", "", fold(quote))
    proportion = _PROPORTION.search(quote)
    if proportion is not None and unit == "%":
        one, other = Decimal(proportion[1]), Decimal(proportion[2])
        return value * one == other * 100 or value * other == one * 100
    found = _NUMBER.findall(quote)
    return not found or any(_same(number, written, value, unit) for number, written in found)


def _same(number: str, written: str, value: Decimal, unit: str) -> bool:
    read = Decimal(re.sub("[,\uff0c]", "", number))
    head = unit.split("/")[0]
    named = _BETWEEN.sub("", written)
    if not named or named == unit or head in named or head.startswith(named):
        return read == value  # 50万 stands for 50万元 where the sentence speaks of money
    try:
        return convert(read, named, head) == value
    except UnitMismatch:
        return False


def _numbers(pack: Pack) -> Iterator[Fault]:
    """Every Arabic number in a sentence must belong to a commitment or be explained away."""
    if not pack.text or pack.document.draft:
        return
    told: list[tuple[int, int]] = [(one.start, one.end) for one in pack.remarks]
    for item in pack.commitments:
        told += [(part.start, part.end) for part in (item, item.growth) if part is not None]
    for remark in pack.remarks:
        if pack.text[remark.start : remark.end] != remark.quote:
            found = pack.text[remark.start : remark.end]
            yield Fault(
                "pack.quote", "commitments.yaml 的 not_commitments", f"引文“{remark.quote}”", f"“{found}”"
            )
    for measure in pack.measures:
        for sentence in measure.sentences:
            for match in re.finditer(r"\d+(?:\.\d+)?", sentence.quote):
                at = sentence.start + match.start()
                if not any(start <= at < end for start, end in told):
                    yield Fault(
                        "pack.number",
                        f"句子 {sentence.id} 第{at}字",
                        f"数字“{match.group()}”没有着落",
                        "列入 commitments,或在 not_commitments 里说明理由",
                    )


def _unit(pack: Pack, item: Commitment, where: str) -> Iterator[Fault]:
    try:
        unit = parse_unit(item.unit)
    except UnitMismatch as problem:
        if not pack.document.draft:
            yield Fault("pack.unit", where, f"单位“{item.unit}”", "认识的单位", str(problem))
        return
    indicator = pack.indicators_by_id.get(item.indicator)
    if indicator is not None and item.value is not None and _kind(indicator.unit) not in (unit.kind, ""):
        yield Fault("pack.unit_kind", where, f"单位“{item.unit}”", f"与指标单位“{indicator.unit}”同类的单位")


def _kind(unit: str) -> str:
    try:
        return parse_unit(unit).kind
    except UnitMismatch:
        return ""  # told once, where the dictionary is checked


def _references(pack: Pack) -> Iterator[Fault]:
    sources = {item.id for item in pack.sources}
    indicators = {item.id for item in pack.indicators}
    measures = {item.id for item in pack.measures}
    cited = [("document.yaml", pack.document.source), ("monitor.yaml 的规则", pack.light_rule.source)]
    cited += [(f"commitments.yaml 的“{item.id}”", item.source) for item in pack.commitments if item.source]
    yield from _absent(cited, sources, "出处", "sources.yaml 中已有的出处", "pack.no_such_source")
    duties = [("duties.yaml", duty.measure) for duty in pack.duties]
    yield from _absent(duties, measures, "条款", "measures 里已有的条款", "pack.no_such_measure")
    parts = [(f"恒等式“{one.id}”", name) for one in pack.identities for name in (one.whole, *one.factors)]
    parts += [(f"指标“{one.id}”的 proxies", name) for one in pack.indicators for name in one.proxies]
    yield from _absent(parts, indicators, "指标", "indicators.yaml 中已有的指标", "pack.no_such_indicator")
    for indicator in pack.indicators:
        try:
            parse_unit(indicator.unit)
        except UnitMismatch as problem:
            yield Fault(
                "pack.unit",
                f"indicators.yaml 的“{indicator.id}”",
                f"单位“{indicator.unit}”",
                "认识的单位",
                str(problem),
            )


def _absent(
    cited: Iterable[tuple[str, str]], known: set[str], what: str, expected: str, code: str
) -> Iterator[Fault]:
    for where, id in cited:
        if id not in known:
            yield Fault(code, where, f"{what}“{id}”", expected)


def _curves(pack: Pack) -> Iterator[Fault]:
    targets = {item.id for item in pack.targets()}
    for curve in pack.curves:
        where = f"monitor.yaml 曲线“{curve.target}”"
        if curve.target not in targets:
            yield Fault("pack.no_such_target", where, f"目标“{curve.target}”", "commitments.yaml 中的目标")
        months = [point.month for point in curve.points]
        if (curve.kind == "monthly") is not bool(months):
            yield Fault(
                "pack.curve_points",
                where,
                f"类型“{curve.kind}”有{len(months)}个点",
                "只有 monthly 写逐月的点",
            )
        elif months and months != list(range(1, 13)):
            yield Fault("pack.curve_months", where, f"月份为{months}", "1至12月各一个点,按顺序")
        shares = [point.share for point in curve.points]
        if shares != sorted(shares):
            yield Fault("pack.curve_falls", where, "计划进度有回落", "逐月不减的累计进度")
        if shares and shares[-1] != 1:
            yield Fault("pack.curve_end", where, f"12月的计划进度为{shares[-1]}", "1,即全年目标")


def _rule(pack: Pack) -> Iterator[Fault]:
    rule = pack.light_rule
    if not 0 < rule.yellow_from_points <= rule.red_above_points:
        yield Fault(
            "pack.rule",
            "monitor.yaml 的规则",
            f"黄灯从落后{rule.yellow_from_points}个百分点起,红灯在{rule.red_above_points}个百分点以上",
            "黄灯的界限大于0且不大于红灯的界限",
        )


def _counting(pack: Pack) -> Iterator[Fault]:
    """The city's rules name its indicators and sources; the clause is looked up in the document that it stands in."""
    kinds = {item.id: item.kind.value for item in pack.indicators}
    sources = {item.id for item in pack.sources}
    cited = [(f"counting.yaml 的“{item.indicator}”", item) for item in pack.counting]
    named = [(where, item.indicator) for where, item in cited]
    yield from _absent(named, set(kinds), "指标", "indicators.yaml 中已有的指标", "pack.no_such_indicator")
    origins = [(where, item.source) for where, item in cited]
    yield from _absent(origins, sources, "出处", "sources.yaml 中已有的出处", "pack.no_such_source")
    for where, rule in cited:
        if kinds.get(rule.indicator, rule.over.value) != rule.over.value:
            found = f"按“{rule.over.label}”计,而指标类型是 {kinds[rule.indicator]}"
            yield Fault("pack.counting_kind", where, found, "与指标类型相同(flow、stock、ratio)")
        if rule.identity is not _IDENTITY[rule.counts]:
            found = f"{rule.counts.label}按{rule.identity.label}认定"
            yield Fault("pack.counting_identity", where, found, _IDENTITY[rule.counts].label)
        parts = (rule.numerator, rule.denominator)
        if (rule.over is CountedOver.RATIO) is not all(parts) or not set(parts) - {""} <= set(
            rule.categories
        ):
            found = f"分子“{rule.numerator}”,分母“{rule.denominator}”"
            yield Fault("pack.counting_ratio", where, found, "只有占比写分子和分母,且都在 categories 里")
        if (
            rule.source == pack.document.source
            and pack.measures
            and rule.clause not in pack.sentences_by_anchor
        ):
            yield Fault("pack.no_clause", where, f"锚点“{rule.clause}”", "measures 里已有的锚点")


_IDENTITY = {
    Thing.PERSON: IdentifiedBy.PERSON,
    Thing.FIRM: IdentifiedBy.CREDIT_CODE,
    Thing.INSTITUTION: IdentifiedBy.CREDIT_CODE,
    Thing.TEAM: IdentifiedBy.NAME_AND_HOST,
    Thing.STATION: IdentifiedBy.NAME_AND_HOST,
}
