"""The shape of each file of a pack. The JSON Schema in docs/reference/ is made from these.

packs/baotou/            what belongs to the city, whatever the year
    indicators.yaml      IndicatorsFile
    sources.yaml         SourcesFile
    districts.yaml       DistrictsFile; may be absent
    counting.yaml        CountingFile; may be absent
    facts.csv            read by luming.facts
packs/baotou/2025-1/     one document
    document.yaml        DocumentFile
    source.txt           the text itself
    measures/*.yaml      MeasureFile, one per measure
    commitments.yaml     CommitmentsFile
    duties.yaml          DutiesFile
    monitor.yaml         MonitorFile
"""

from __future__ import annotations

from pydantic import Field

from luming.facts import Indicator
from luming.pack.model import (
    Commitment,
    CountingRule,
    Curve,
    District,
    DocumentHead,
    Duty,
    Entry,
    Identity,
    LightRule,
    Measure,
    NumberRemark,
    Source,
)


class DocumentFile(Entry):
    """document.yaml; `city` is the folder with the city's dictionary, sources and facts, beside or above."""

    document: DocumentHead
    city: str = Field(default="..", pattern=r"^(\.|\.\.)$")


class MeasureFile(Entry):
    """measures/NN.yaml: one measure."""

    measure: Measure


class CommitmentsFile(Entry):
    """commitments.yaml: targets, caps, budgets and counts, in the order of the text."""

    commitments: tuple[Commitment, ...]
    not_commitments: tuple[NumberRemark, ...] = ()


class DutiesFile(Entry):
    """duties.yaml: the division of labour."""

    duties: tuple[Duty, ...]


class MonitorFile(Entry):
    """monitor.yaml: the rule of the lights and the planned curves."""

    light_rule: LightRule
    curves: tuple[Curve, ...] = ()


class IndicatorsFile(Entry):
    """indicators.yaml: the dictionary of the city."""

    indicators: tuple[Indicator, ...]
    identities: tuple[Identity, ...] = ()


class SourcesFile(Entry):
    """sources.yaml: where things were read."""

    sources: tuple[Source, ...]


class DistrictsFile(Entry):
    """districts.yaml: the banners, counties and districts below the city, for rankings."""

    districts: tuple[District, ...]


class CountingFile(Entry):
    """counting.yaml: the indicators that are counted from single entries, and how."""

    counting: tuple[CountingRule, ...]


SHAPES: dict[str, type[Entry]] = {
    "document.yaml": DocumentFile,
    "measures": MeasureFile,
    "commitments.yaml": CommitmentsFile,
    "duties.yaml": DutiesFile,
    "monitor.yaml": MonitorFile,
    "indicators.yaml": IndicatorsFile,
    "sources.yaml": SourcesFile,
    "districts.yaml": DistrictsFile,
    "counting.yaml": CountingFile,
}
