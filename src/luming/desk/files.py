"""The desk and the folder are the same thing: a decomposition as pack files, and a pack as a decomposition."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from luming.desk.decide import rejection_remarks
from luming.desk.decomposition import Decomposition, Origin, Proposal, State, in_text_order
from luming.desk.proposed import PROPOSED_NOTE
from luming.pack import (
    CommitmentsFile,
    CountingFile,
    DistrictsFile,
    DocumentFile,
    DocumentHead,
    DutiesFile,
    IndicatorsFile,
    MeasureFile,
    MonitorFile,
    NumberRemark,
    Pack,
    SourcesFile,
    to_yaml,
)

_DRAFT_COMMENTS = {
    "document.yaml": "由程序从原文生成的草稿。核对后把 draft 改为 false。",
    "commitments.yaml": "程序提出的数量条目,逐条核对。",
    "duties.yaml": "任务分工。原文条末有牵头单位、责任单位的已填入。",
    "indicators.yaml": "指标字典。草稿阶段可空;正式使用前为每个目标写明定义、单位、类型、频度。",
}


def pack_files(decomposition: Decomposition) -> Mapping[str, str]:
    """The files of the document's folder, by name; with the city's files where they lie in the same folder."""
    head = _head(decomposition)
    comments = _DRAFT_COMMENTS if head.draft else {}
    files = {
        "document.yaml": to_yaml(
            DocumentFile(document=head, city=decomposition.city), comments.get("document.yaml", "")
        ),
        "commitments.yaml": to_yaml(
            CommitmentsFile(commitments=decomposition.commitments(), not_commitments=_remarks(decomposition)),
            comments.get("commitments.yaml", ""),
        ),
        "duties.yaml": to_yaml(DutiesFile(duties=decomposition.duties), comments.get("duties.yaml", "")),
        "monitor.yaml": to_yaml(
            MonitorFile(light_rule=decomposition.light_rule, curves=decomposition.curves)
        ),
        "sources.yaml": to_yaml(SourcesFile(sources=decomposition.own_sources)),
    }
    if head.text:
        files[head.text] = decomposition.text
    for measure in decomposition.measures:
        files[f"measures/{measure.id}.yaml"] = to_yaml(MeasureFile(measure=measure))
    if decomposition.city == ".":
        files |= _dictionary(decomposition, comments.get("indicators.yaml", ""))
    return files


def city_files(decomposition: Decomposition) -> Mapping[str, str]:
    """The files of the city's folder above the document's; empty where the document carries its own dictionary."""
    if decomposition.city == ".":
        return {}
    return {
        **_dictionary(decomposition, ""),
        "sources.yaml": to_yaml(SourcesFile(sources=decomposition.city_sources)),
    }


def pack_of(decomposition: Decomposition, path: Path = Path()) -> Pack:
    """The decomposition as the pack that would be loaded from its files; unchecked, and without their hash."""
    return Pack(
        path=path,
        city=path / decomposition.city,
        sha256="",
        document=_head(decomposition),
        text=decomposition.text,
        measures=decomposition.measures,
        commitments=decomposition.commitments(),
        remarks=_remarks(decomposition),
        duties=decomposition.duties,
        curves=decomposition.curves,
        light_rule=decomposition.light_rule,
        indicators=decomposition.indicators,
        identities=decomposition.identities,
        sources=(*decomposition.own_sources, *decomposition.city_sources),
        own_sources=decomposition.own_sources,
        districts=decomposition.districts,
        counting=decomposition.counting,
    )


def decomposition_of(pack: Pack) -> Decomposition:
    """A pack laid out on the desk. In a draft, what nobody has looked at yet is a proposal; all else is settled."""
    own = pack.city == pack.path
    return Decomposition(
        document=pack.document,
        text=pack.text,
        measures=pack.measures,
        proposals=tuple(
            Proposal(commitment=item)
            if pack.document.draft and item.note == PROPOSED_NOTE
            else Proposal(commitment=item, state=State.ACCEPTED, origin=Origin.PERSON)
            for item in pack.commitments
        ),
        remarks=pack.remarks,
        duties=pack.duties,
        light_rule=pack.light_rule,
        curves=pack.curves,
        own_sources=pack.own_sources,
        city="." if own else "..",
        indicators=pack.indicators,
        identities=pack.identities,
        city_sources=() if own else pack.sources[len(pack.own_sources) :],
        districts=pack.districts,
        counting=pack.counting,
    )


def _dictionary(decomposition: Decomposition, comment: str) -> dict[str, str]:
    files = {
        "indicators.yaml": to_yaml(
            IndicatorsFile(indicators=decomposition.indicators, identities=decomposition.identities), comment
        )
    }
    if decomposition.districts:
        files["districts.yaml"] = to_yaml(DistrictsFile(districts=decomposition.districts))
    if decomposition.counting:
        files["counting.yaml"] = to_yaml(CountingFile(counting=decomposition.counting))
    return files


def _head(decomposition: Decomposition) -> DocumentHead:
    head = decomposition.document
    if not head.text:
        return head
    return head.model_copy(update={"sha256": hashlib.sha256(decomposition.text.encode()).hexdigest()})


def _remarks(decomposition: Decomposition) -> tuple[NumberRemark, ...]:
    remarks = decomposition.remarks
    for item in decomposition.proposals:
        if not item.stands:
            for remark in rejection_remarks(item):
                if remark not in remarks:
                    remarks = in_text_order(remarks, remark)
    return remarks
