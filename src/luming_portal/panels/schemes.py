"""The score schemes and rules of the packs that this installation serves, read once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from luming.appraisal import Item, Rules, Scheme, load_rules, read_schemes
from luming_portal.accounts.rights import Refused


def schemes() -> dict[str, Scheme]:
    """All schemes at hand, by key."""
    return _read(Path(settings.PACKS))[0]


def rules() -> Rules:
    """The figures by which experts judge."""
    return _read(Path(settings.PACKS))[1]


def forget() -> None:
    """Read the packs anew next time."""
    _read.cache_clear()


def scheme_named(key: str) -> Scheme:
    """A scheme.

    Raises:
        Refused: there is none of that name.
    """
    found = schemes().get(key)
    if found is None:
        raise Refused(_("没有名为“%s”的打分方案,请在数据包的 panels 文件夹中补上。") % key)
    return found


def frozen(scheme: Scheme) -> dict[str, Any]:
    """A scheme as a panel keeps it."""
    return scheme.model_dump(mode="json")


def thawed(kept: dict[str, Any]) -> Scheme:
    """The scheme that a panel keeps."""
    return Scheme.model_validate(kept)


def items_of(panel: Any) -> tuple[Item, ...]:
    """The items of a panel with the weights of its category."""
    return thawed(panel.scheme).items_of(panel.category)


@lru_cache(maxsize=4)
def _read(packs: Path) -> tuple[dict[str, Scheme], Rules]:
    folders = sorted(path for path in packs.iterdir() if path.is_dir())
    found = [path / "appraisal.yaml" for path in folders if (path / "appraisal.yaml").is_file()]
    return read_schemes(folders), load_rules(found[0])
