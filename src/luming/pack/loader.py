"""Reads a pack from its folder, checks all of it, and names every fault before it stops.

This is the only place of the library that reads pack files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from luming.document import read_text
from luming.errors import DocumentFaults, Fault, PackFaults, reason
from luming.pack.agreement import NEED_EVERY_FILE, disagreements
from luming.pack.faults import sentences
from luming.pack.files import (
    CommitmentsFile,
    CountingFile,
    DistrictsFile,
    DocumentFile,
    DutiesFile,
    IndicatorsFile,
    MeasureFile,
    MonitorFile,
    SourcesFile,
)
from luming.pack.model import Entry, Measure, Pack
from luming.yaml_source import YamlSource, read_yaml

Shape = TypeVar("Shape", bound=Entry)


def load(path: Path) -> Pack:
    """Load the pack in a folder.

    Raises:
        PackFaults: every fault found in any of its files, each with file and line.
    """
    reader = _Reader(path)
    if not path.is_dir() or not (path / "document.yaml").is_file():
        raise PackFaults([_no_pack(path)])
    head = reader.shape(path / "document.yaml", DocumentFile)
    city = path / head.city if head is not None else path.parent
    measures = [reader.shape(file, MeasureFile) for file in sorted((path / "measures").glob("*.yaml"))]
    commitments = reader.shape(path / "commitments.yaml", CommitmentsFile)
    duties = reader.shape(path / "duties.yaml", DutiesFile)
    monitor = reader.shape(path / "monitor.yaml", MonitorFile)
    indicators = reader.shape(city / "indicators.yaml", IndicatorsFile)
    sources = reader.shape(path / "sources.yaml", SourcesFile)
    shared = reader.shape(city / "sources.yaml", SourcesFile) if city.resolve() != path.resolve() else None
    below = city / "districts.yaml"
    districts = reader.shape(below, DistrictsFile) if below.is_file() else None
    counted = city / "counting.yaml"
    counting = reader.shape(counted, CountingFile) if counted.is_file() else None
    text = reader.text(path, head.document.text) if head is not None and head.document.text else ""
    if head is None or monitor is None:
        raise PackFaults(reader.faults)
    whole = not reader.faults
    pack = Pack(
        path=path,
        city=city,
        sha256=reader.digest(),
        document=head.document,
        text=text,
        measures=_in_text_order(file.measure for file in measures if file),
        commitments=commitments.commitments if commitments else (),
        remarks=commitments.not_commitments if commitments else (),
        duties=duties.duties if duties else (),
        curves=monitor.curves,
        light_rule=monitor.light_rule,
        indicators=indicators.indicators if indicators else (),
        identities=indicators.identities if indicators else (),
        sources=tuple(source for file in (sources, shared) if file for source in file.sources),
        own_sources=sources.sources if sources else (),
        districts=districts.districts if districts else (),
        counting=counting.counting if counting else (),
    )
    found = disagreements(pack, reader.hash_of(path / head.document.text) if text else "")
    faults = reader.faults + [fault for fault in found if whole or fault.code not in NEED_EVERY_FILE]
    if faults:
        raise PackFaults(faults)
    return pack


def find_packs(city: Path) -> list[Path]:
    """The folders below a city that hold a document, by name."""
    return sorted(file.parent for file in city.glob("*/document.yaml"))


def read_file(file: Path, shape: type[Shape]) -> Shape:
    """Read one YAML file of a pack by itself.

    Raises:
        PackFaults: every fault found in it.
    """
    reader = _Reader(file.parent)
    read = reader.shape(file, shape)
    if read is None:
        raise PackFaults(reader.faults)
    return read


def load_predecessors(pack: Pack) -> tuple[Pack, ...]:
    """The packs of the documents before this one, latest first, as far as the city's folder holds them.

    Raises:
        PackFaults: one of them has faults, or the chain of documents turns back on itself.
    """
    folders = {folder: read_yaml(folder / "document.yaml").tree for folder in find_packs(pack.city)}
    by_id = {
        str(tree["document"].get("id")): folder for folder, tree in folders.items() if _has_document(tree)
    }
    chain: list[Pack] = []
    wanted = pack.document.succeeds
    while wanted in by_id:
        if wanted in {pack.document.id, *(one.document.id for one in chain)}:
            raise PackFaults(
                [Fault("pack.circle", "document.yaml", f"“{wanted}”又接回自己", "逐年接续的文件")]
            )
        chain.append(load(by_id[wanted]))
        wanted = chain[-1].document.succeeds
    return tuple(chain)


def _has_document(tree: object) -> bool:
    return isinstance(tree, dict) and isinstance(tree.get("document"), dict)


def _in_text_order(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    return tuple(sorted(measures, key=lambda measure: measure.sentences[0].start))


class _Reader:
    """Reads the files of one pack and keeps their faults and hashes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.hashes: dict[str, str] = {}

    def shape(self, file: Path, shape: type[Shape]) -> Shape | None:
        """One YAML file as its model, or None with the faults noted."""
        source = read_yaml(file)
        self.hashes[self._name(file)] = source.sha256
        self.faults += source.faults
        if source.faults:
            return None
        return self._model(source, shape)

    def _model(self, source: YamlSource, shape: type[Shape]) -> Shape | None:
        tree = source.tree if source.tree is not None else {}
        if not isinstance(tree, dict):
            keys = "、".join(shape.model_fields)
            self.faults.append(
                Fault("pack.shape", source.where(()), "文件不是“key: value”的形式", f"以 {keys} 开头")
            )
            return None
        try:
            return shape.model_validate(tree)
        except ValidationError as problem:
            self.faults += sentences(source, shape, (), problem.errors())
            return None

    def text(self, folder: Path, name: str) -> str:
        """The text of the document, as read."""
        file = folder / name
        if file.parent != folder:
            self.faults.append(Fault("pack.text_path", "document.yaml", f"“{name}”", "同一文件夹内的文件名"))
            return ""
        try:
            self.hashes[self._name(file)] = hashlib.sha256(file.read_bytes()).hexdigest()
            return read_text(file)
        except OSError as problem:
            self.faults.append(Fault("pack.no_text", str(file), f"文件打不开({reason(problem)})", "文件原文"))
        except DocumentFaults as problem:
            self.faults += problem.faults
        return ""

    def hash_of(self, file: Path) -> str:
        """Hash of a file read before."""
        return self.hashes[self._name(file)]

    def digest(self) -> str:
        """Hash of all files read, by name and content."""
        lines = "".join(f"{name} {digest}\n" for name, digest in sorted(self.hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    def _name(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix() if file.is_relative_to(self.root) else f"../{file.name}"


def _no_pack(path: Path) -> Fault:
    return Fault(
        "pack.not_found",
        str(path),
        "没有 document.yaml",
        "政策文件数据所在的文件夹,如 packs/baotou/2025-1",
        "新文件可先用 luming extract 文件.txt --pack 文件夹 生成草稿",
    )
