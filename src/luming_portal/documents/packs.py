"""From a published version to the library's Pack, through the very loader that reads pack folders.

The city's dictionary and sources are those of the registers, so that board and registers can never disagree.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.db.models import Count, Max, Sum

from luming.pack import (
    CountingFile,
    CountingRule,
    District,
    DistrictsFile,
    Entry,
    Identity,
    IndicatorsFile,
    Pack,
    SourcesFile,
    load,
    read_file,
    to_yaml,
)
from luming_portal.documents.models import CityFile, DocumentVersion
from luming_portal.indicators.models import Indicator, Source
from luming_portal.indicators.values import indicator_value, source_value

Shape = TypeVar("Shape", bound=Entry)
_KEPT = 16
"""Packs kept in memory; Baotou's takes about 2 MB."""


def files_hash(files: Mapping[str, str]) -> str:
    """SHA-256 over names and contents, in the order of names."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name].encode())
    return digest.hexdigest()


def city_files(*, for_people: bool = True) -> dict[str, str]:
    """The city's files out of the registers: indicators.yaml, sources.yaml, and what no register holds yet.

    Args:
        for_people: in the style of the packs; otherwise as quickly as possible.
    """
    kept = {row.name: row.text for row in CityFile.objects.all()}
    identities = _identities(kept.get("identities.yaml", ""))
    indicators = tuple(indicator_value(row) for row in Indicator.objects.filter(demo=False))
    sources = tuple(source_value(row) for row in Source.objects.filter(demo=False).order_by("id"))
    files = {
        "indicators.yaml": to_yaml(
            IndicatorsFile(indicators=indicators, identities=identities), for_people=for_people
        ),
        "sources.yaml": to_yaml(SourcesFile(sources=sources), for_people=for_people),
    }
    files |= {name: kept[name] for name in ("districts.yaml", "counting.yaml") if name in kept}
    return files


def pack_of(version: DocumentVersion) -> Pack:
    """The pack of a published version, checked by the loader.

    Raises:
        luming.errors.PackFaults: version and registers no longer agree (an indicator was removed).
    """
    return _loaded(version.pk, version.document.key, version.sha256, city_state())


def city_state() -> str:
    """What changes whenever a row behind the city's files does; three small queries instead of writing the files."""
    counted = (Count("pk"), Max("pk"), Sum("version"), Max("updated_at"))
    return " ".join(
        str(tuple(model.objects.aggregate(*counted).values())) for model in (Indicator, Source, CityFile)
    )


@lru_cache(maxsize=_KEPT)
def _loaded(pk: int, key: str, sha256: str, state: str) -> Pack:
    """The pack of a version beside the city's files of that state."""
    files = DocumentVersion.objects.only("files").get(pk=pk).files
    with tempfile.TemporaryDirectory(prefix="luming-pack-") as scratch:
        root = Path(scratch)
        folder = root / key.split(".")[-1]
        write_tree(root, city_files(for_people=False))
        write_tree(folder, files)
        return load(folder)


def write_tree(root: Path, files: Mapping[str, str]) -> None:
    """Write files below a folder; names never lead out of it."""
    for name, text in files.items():
        target = (root / name).resolve()
        if not target.is_relative_to(root.resolve()):
            raise ValueError(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")


def city_identities() -> tuple[Identity, ...]:
    """The identities of the city's indicators."""
    row = CityFile.objects.filter(name="identities.yaml").first()
    return _identities(row.text) if row else ()


def _identities(text: str) -> tuple[Identity, ...]:
    return _read(text, IndicatorsFile).identities if text else ()


def districts() -> tuple[District, ...]:
    """The banners, counties and zones of the city."""
    row = CityFile.objects.filter(name="districts.yaml").first()
    return _read(row.text, DistrictsFile).districts if row else ()


def counting_rules() -> tuple[CountingRule, ...]:
    """The indicators of the city that are counted from single entries."""
    row = CityFile.objects.filter(name="counting.yaml").first()
    return _counting(row.text) if row else ()


@lru_cache(maxsize=2)
def _counting(text: str) -> tuple[CountingRule, ...]:
    return _read(text, CountingFile).counting


def _read(text: str, shape: type[Shape]) -> Shape:
    with tempfile.TemporaryDirectory(prefix="luming-city-") as scratch:
        file = Path(scratch) / "city.yaml"
        file.write_text(text, encoding="utf-8", newline="")
        return read_file(file, shape)
