"""YAML read strictly: every scalar stays text, every value knows its line, and there is one way to write it.

Plain YAML turns `0.1` into a binary float, `no` into False and `1e3` into a number. Here nothing is guessed: a
scalar is text, or None where it is empty or `null`; the model of the pack decides what the text means. Duplicate
keys, aliases and tags are faults.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from luming.errors import Fault, reason

MAX_BYTES = 50_000_000
MAX_DEPTH = 24
"""Deeper than any pack file nests; beyond it a file is a mistake or an attack."""

Path_ = tuple[str | int, ...]
Tree = Any


@dataclass
class YamlSource:
    """A YAML file as read: its values, the line of each, its hash, and its faults.

    Attributes:
        tree: nested dict and list of text and None; None when the file could not be read at all.
        lines: line (from 1) of the value behind each key path.
        sha256: hash of the bytes.
    """

    path: Path
    tree: Tree = None
    lines: dict[Path_, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    sha256: str = ""

    def where(self, loc: Path_) -> str:
        """The place of a value in words: file, line and key; the nearest known parent if it is absent."""
        known = loc
        while known and known not in self.lines:
            known = known[:-1]
        line = self.lines.get(known, 1)
        key = ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)
        return f"{self.path.name} 第{line}行" + (f"“{key}”" if key else "")


# No implicit resolving: a plain scalar is text, and is not matched against numbers, dates and flags first.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq")}
_PROBLEMS = {
    "mapping values are not allowed": "这里不能再出现“key: value”,多半是缩进不齐,或文字里的英文冒号没有加引号",
    "found character that cannot start any token": "这里有不能使用的字符,多半是用了制表符(Tab)缩进",
    "tab character": "用了制表符(Tab)缩进,YAML只认空格",
    "could not find expected ':'": "缺少英文冒号",
    "found unexpected end of stream": "引号没有配对,读到文件末尾也没有结束",
    "expected <block end>": "缩进与上文不齐",
    "did not find expected": "缩进或标点与上文不齐",
    "special characters are not allowed": "含有不可见的控制字符",
}


def read_yaml(path: Path) -> YamlSource:
    """Read one file. Never raises for what stands in the file: faults are collected in the result."""
    source = YamlSource(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            _note(
                source,
                1,
                "too_large",
                f"文件大小{size / 1e6:.0f}MB",
                f"不超过{MAX_BYTES / 1e6:.0f}MB的文本文件",
            )
            return source
        raw = path.read_bytes()
    except OSError as problem:
        _note(source, 1, "unreadable", f"文件打不开({reason(problem)})", "可以读取的文件")
        return source
    _parse(source, raw)
    return source


def parse_yaml(raw: bytes, path: Path) -> YamlSource:
    """What stands in some bytes, read as `read_yaml` reads a file; `path` is for messages."""
    source = YamlSource(path)
    _parse(source, raw)
    return source


def _parse(source: YamlSource, raw: bytes) -> None:
    source.sha256 = hashlib.sha256(raw).hexdigest()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        _note(
            source,
            line,
            "not_text",
            f"第{problem.start + 1}个字节不是UTF-8文字",
            "UTF-8编码的文本文件",
            "请另存为UTF-8后再试",
        )
        return
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as problem:
        _note_syntax(source, problem)
        return
    except RecursionError:
        _note(source, 1, "too_deep", "层次过深", f"不超过{MAX_DEPTH}层的内容")
        return
    if node is not None:
        source.tree = _value(source, node, (), set())


def _value(source: YamlSource, node: yaml.Node, loc: Path_, seen: set[int]) -> Tree:
    line = node.start_mark.line + 1
    source.lines.setdefault(loc, line)
    if id(node) in seen:
        _note(source, line, "alias", "引用了别处的内容(& 与 *)", "直接写出的内容")
        return None
    seen.add(id(node))
    if node.tag not in _PLAIN_TAGS:
        _note(source, line, "tag", f"标记“{node.tag}”", "不带标记的普通内容")
        return None
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if len(loc) > MAX_DEPTH:
        _note(source, line, "too_deep", f"层次超过{MAX_DEPTH}层", "不超过这一层数的内容")
        return None
    if isinstance(node, yaml.SequenceNode):
        return [_value(source, item, (*loc, i), seen) for i, item in enumerate(node.value)]
    assert isinstance(node, yaml.MappingNode)
    return _mapping(source, node, loc, seen)


def _mapping(source: YamlSource, node: yaml.MappingNode, loc: Path_, seen: set[int]) -> dict[str, Tree]:
    result: dict[str, Tree] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            _note(source, line, "bad_key", "键不是一个词", "简单的键名")
            continue
        key = str(key_node.value)
        if key in result:
            first = source.lines[(*loc, key)]
            _note(
                source,
                line,
                "duplicate_key",
                f"键“{key}”重复(第{first}行已有)",
                "每个键只写一次",
                "请删去其中一处",
            )
            continue
        source.lines[(*loc, key)] = line
        result[key] = _value(source, value_node, (*loc, key), seen)
    return result


def _scalar(node: yaml.ScalarNode) -> str | None:
    plain = not node.style
    return None if plain and node.value in ("", "null", "~") else str(node.value)


def _note(source: YamlSource, line: int, code: str, found: str, expected: str, remedy: str = "") -> None:
    source.faults.append(Fault(f"yaml.{code}", f"{source.path.name} 第{line}行", found, expected, remedy))


def _note_syntax(source: YamlSource, problem: yaml.YAMLError) -> None:
    mark = getattr(problem, "problem_mark", None)
    said = str(getattr(problem, "problem", "") or problem)
    meaning = next((words for key, words in _PROBLEMS.items() if key in said), said)
    line = mark.line + 1 if mark is not None else 1
    _note(
        source,
        line,
        "syntax",
        f"无法识别的写法:{meaning}",
        "合乎YAML语法的内容",
        "请对照上一行的缩进和标点修改",
    )
