"""A document comes onto the desk: its text is outlined, read by the extractor, and laid out as a draft.

Sentences with a number get the mechanism that already serves them; all others are left unbound, and the draft
says so. Names in a draft are made of the clause (m10_2: second commitment of measure 10) until someone gives a
better one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from luming.desk.decomposition import Decomposition, Proposal
from luming.desk.faults import refusal
from luming.desk.numbers import loose_numbers
from luming.desk.proposed import SOURCE, named_duties, proposed_commitments
from luming.document import Outline, outline
from luming.extract import Item, extract, find_duties
from luming.mark import Mark
from luming.pack import (
    Binding,
    BindingStatus,
    CommitmentKind,
    DocumentHead,
    Entry,
    LightRule,
    Measure,
    Mechanism,
    NumberRemark,
    Sentence,
    Source,
    read_file,
)

NO_TITLE = "(标题未识别)"
NO_ISSUER = "(发文机关未识别)"
NO_PLACE = "(地区待填)"
DATE_REASON = "年份或日期"
_DATE = re.compile(r"(?:19|20)\d{2}年(?:\d{1,2}月(?:\d{1,2}日)?)?(?:底|末)?|(?<!\d)\d{1,2}月\d{1,2}日")
_BRACKETS = re.compile(r"[\s()\[\]\uff08\uff09【】〔〕。;\uff1b,\uff0c]")
_DUTY_BINDING = Binding(
    mechanism=Mechanism.PACK, status=BindingStatus.RUNS, reference="已登记为本条的任务分工"
)
EARLIEST, LATEST = 1949, 2199
_DEFAULT = Path(__file__).with_name("default_monitor.yaml")
_IDENTITY = re.compile(r"[a-z]+\.\d{4}-\d+")


class DefaultMonitor(Entry):
    """default_monitor.yaml: the rule a draft starts with, and where it was published."""

    rule: LightRule
    source: Source


def decompose(
    text: str, id: str, place: str = "", year: int | None = None, items: Sequence[Item] | None = None
) -> Decomposition:
    """The text of a document as a draft on the desk.

    Args:
        text: the document as read (see `luming.document.read_text`).
        id: identity of the document, such as baotou.2025-1.
        year: the document's year where its text does not tell, or tells wrongly.
        items: what was read from the text, where it has been read already.

    Raises:
        DeskFaults: the identity is not of that form, or the year cannot be told from the text.
    """
    if not _IDENTITY.fullmatch(id):
        raise refusal("identity", "文件编号", f"“{id}”", "城市拼音.年份-序号 的形式", "例如 hangzhou.2024-36")
    divided = outline(text)
    year = year or divided.head.year
    if year is None:
        raise refusal(
            "no_year", "文件年份", "文中未见成文年份", "带年份的文号、日期或标题", "请填写文件所属的年份"
        )
    if not EARLIEST <= year <= LATEST:
        raise refusal("year", "文件年份", f"“{year}”", f"{EARLIEST}到{LATEST}之间的年份")
    items = extract(text, year=year) if items is None else items
    commitments = proposed_commitments(items, text)
    head = _head(id, text, divided, place, year)
    default = read_file(_DEFAULT, DefaultMonitor)
    promised = {item.clause: serving(item.kind) for item in reversed(commitments)}
    promised |= dict.fromkeys(_bare_duties(text, divided) - set(promised), (_DUTY_BINDING,))
    measures = sorted(_measures(text, divided, promised), key=lambda measure: measure.sentences[0].start)
    if not measures:
        raise refusal(
            "no_sentences", "文件正文", "没有一句正文", "标题之下至少一句话", "请确认贴入的是文件全文"
        )
    known = {measure.id for measure in measures}
    draft = Decomposition(
        document=head,
        text=text,
        measures=tuple(measures),
        proposals=tuple(Proposal(commitment=item) for item in commitments),
        duties=tuple(duty for duty in named_duties(text, divided) if duty.measure in known),
        light_rule=default.rule,
        own_sources=(_document_source(head), default.source),
    )
    return _with_dates_told(draft)


def _with_dates_told(draft: Decomposition) -> Decomposition:
    """Years and days are no commitments: each that belongs to none is explained, where a person sees it and may object."""
    for sentence in draft.sentences():
        for match in _DATE.finditer(sentence.quote):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            loose = loose_numbers(draft, sentence)
            if any(start <= one.start < end for one in loose) and not _taken(draft, start, end):
                remark = NumberRemark(
                    clause=sentence.id, start=start, end=end, quote=match[0], reason=DATE_REASON
                )
                draft = draft.with_remark(remark)
    return draft


def _taken(draft: Decomposition, start: int, end: int) -> bool:
    """Whether a commitment holds a part of the span."""
    parts = [part for item in draft.proposals for part in (item.commitment, item.commitment.growth)]
    return any(part is not None and part.start < end and start < part.end for part in parts)


def _head(id: str, text: str, divided: Outline, place: str, year: int) -> DocumentHead:
    head = divided.head
    return DocumentHead.model_validate(
        {
            "id": id,
            "number": head.number,
            "title": head.title or NO_TITLE,
            "issuer": tuple(head.issuer.split()) or (NO_ISSUER,),
            "date": head.date or f"{year}-01-01",
            "year": year,
            "place": place or NO_PLACE,
            "text": "source.txt",
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "draft": True,
            "source": SOURCE,
            "mark": Mark.SECONDARY,
            "note": "原文由使用者提供,未与印发本核对",
        }
    )


def _document_source(head: DocumentHead) -> Source:
    return Source(
        id=SOURCE, publisher="、".join(head.issuer), title=head.number or head.title, mark=Mark.VERIFIED
    )


def _measures(text: str, divided: Outline, bound: Mapping[str, tuple[Binding, ...]]) -> Iterable[Measure]:
    groups = [("m00", "", "序言", "", divided.preamble)]
    groups += [(one.key, one.number, one.title, one.key, one.sentences) for one in divided.sections]
    groups += [(one.key, one.number, one.title, one.section, one.sentences) for one in divided.measures]
    for key, number, title, section, sentences in groups:
        if sentences:
            laid_out = tuple(
                Sentence(
                    id=one.anchor,
                    start=one.start,
                    end=one.end,
                    quote=one.quote(text),
                    bindings=bound.get(one.anchor, ()),
                )
                for one in sentences
            )
            yield Measure(
                id=key, number=number, title=title or "(无标题)", section=section, sentences=laid_out
            )


def _bare_duties(text: str, divided: Outline) -> set[str]:
    """The sentences that only name responsible units: these are entered as duties, so nothing is left to carry out."""
    named: dict[str, list[tuple[int, int]]] = {}
    for duty in find_duties(text, divided):
        named.setdefault(duty.sentence, []).append((duty.start, duty.end))
    found = set()
    for sentence in divided.sentences():
        spans = named.get(sentence.anchor)
        if spans:
            rest = "".join(
                text[at]
                for at in range(sentence.start, sentence.end)
                if not any(start <= at < end for start, end in spans)
            )
            if not _BRACKETS.sub("", rest):
                found.add(sentence.anchor)
    return found


def serving(kind: CommitmentKind) -> tuple[Binding, ...]:
    """The mechanism that serves a sentence with a commitment of that kind."""
    if kind is CommitmentKind.TARGET:
        return (Binding(mechanism=Mechanism.MONITOR, status=BindingStatus.RUNS, reference="命令 luming run"),)
    mechanism = Mechanism.CASES if kind is CommitmentKind.COUNT else Mechanism.SUPPORT
    reference = f"{kind.label}已登记,见命令 luming show;办理尚未实现"
    return (Binding(mechanism=mechanism, status=BindingStatus.PLANNED, reference=reference),)
