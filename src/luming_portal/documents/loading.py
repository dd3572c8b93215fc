"""A city's folder of packs into the tables: sources, dictionary, facts, documents. Loading twice changes nothing more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from luming.facts import Dictionary, read_csv
from luming.pack import IndicatorsFile, SourcesFile, find_packs, load, read_file, to_yaml
from luming_portal.audit.door import ChangeSet
from luming_portal.documents.models import CityFile, Document, DocumentVersion
from luming_portal.documents.packs import files_hash
from luming_portal.indicators.services import add_facts, hold_indicators, hold_sources

_REASON = "随软件提供的数据"


def load_city(changes: ChangeSet, city: Path) -> dict[str, int]:
    """Take in everything of a city's folder; how much of each kind is new.

    Raises:
        luming.errors.FaultyInput: with all faults; the transaction of the caller is then rolled back.
    """
    dictionary = read_file(city / "indicators.yaml", IndicatorsFile)
    sources = read_file(city / "sources.yaml", SourcesFile).sources
    counts = {"sources": hold_sources(changes, sources)}
    counts["indicators"] = hold_indicators(changes, dictionary.indicators)
    _hold_file(
        changes, "identities.yaml", to_yaml(IndicatorsFile(indicators=(), identities=dictionary.identities))
    )
    for name in ("districts.yaml", "counting.yaml"):
        if (city / name).is_file():
            _hold_file(changes, name, (city / name).read_text(encoding="utf-8"))
    facts = city / "facts.csv"
    known = Dictionary(dictionary.indicators, (source.id for source in sources))
    counts["facts"] = len(add_facts(changes, read_csv(facts, known))) if facts.is_file() else 0
    counts["documents"] = sum(_hold_document(changes, folder) for folder in find_packs(city))
    return counts


def folder_files(folder: Path) -> dict[str, str]:
    """The files of a document's folder by name, as text."""
    wanted = sorted((*folder.glob("*.yaml"), *folder.glob("measures/*.yaml"), *folder.glob("*.txt")))
    return {file.relative_to(folder).as_posix(): _text(file) for file in wanted}


def _text(file: Path) -> str:
    """The text with its line ends as they are: hashes and anchors hang on them."""
    with file.open(encoding="utf-8", newline="") as opened:
        return opened.read()


def _hold_file(changes: ChangeSet, name: str, text: str) -> None:
    row = CityFile.objects.filter(name=name).first() or CityFile(name=name)
    row.text = text
    changes.save(row)


def _hold_document(changes: ChangeSet, folder: Path) -> int:
    """A document of the folder, published as version 1 unless there is a version already."""
    pack = load(folder)
    head = pack.document
    if DocumentVersion.objects.filter(document__key=head.id).exists():
        return 0
    document = Document.objects.filter(key=head.id).first() or Document(key=head.id)
    document.number, document.title, document.place = head.number, head.title, head.place
    document.year, document.date, document.partial = head.year, head.date, head.partial
    changes.save(document)
    files = folder_files(folder)
    changes.save(
        DocumentVersion(
            document=document,
            number=1,
            files=files,
            sha256=files_hash(files),
            published_at=datetime.now(UTC),
            published_by="system",
            reason=_REASON,
        )
    )
    return 1
