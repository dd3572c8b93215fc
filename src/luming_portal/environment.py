"""What the portal reads from its environment: one typed function for each kind of setting, and a secret of its own.

Every setting has the prefix LUMING_, except DATABASE_URL, whose name other tools know.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off", ""})


class SettingError(ValueError):
    """A setting in the environment that cannot be read; the sentence names it and what it should be."""


def text(name: str, default: str = "") -> str:
    """The setting as text, without blanks around it."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """A setting that is on or off.

    Raises:
        SettingError: neither 1/true/yes/on nor 0/false/no/off.
    """
    written = os.environ.get(name)
    if written is None:
        return default
    if written.strip().lower() in _YES:
        return True
    if written.strip().lower() in _NO:
        return False
    raise SettingError(f"环境变量 {name} 为“{written}”,应为 1 或 0。")


def words(name: str, default: str = "") -> list[str]:
    """A setting that is a list, separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def secret(name: str, file: Path) -> str:
    """The secret from the environment, else from a file that is made once with a random secret and mode 600."""
    given = text(name)
    if given:
        return given
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(64))
    return file.read_text(encoding="ascii").strip()


def whole(name: str, default: int) -> int:
    """A setting that is a whole number, at least 1.

    Raises:
        SettingError: something else.
    """
    written = text(name, str(default))
    if not written.isascii() or not written.isdigit() or int(written) < 1:
        raise SettingError(f"环境变量 {name} 为“{written}”,应为正整数。")
    return int(written)


def origins(name: str) -> list[str]:
    """Scheme and host of an address, for a content security policy; empty when it is not set.

    Raises:
        SettingError: not an http or https address.
    """
    written = text(name)
    if not written:
        return []
    parts = urlsplit(written)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingError(f"环境变量 {name} 为“{written}”,应为 https:// 开头的地址。")
    return [f"{parts.scheme}://{parts.netloc}"]
