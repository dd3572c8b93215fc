"""`luming recompute CODE`: one printed figure reckoned again from what was stored with the papers."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from luming.cli.console import FOLDER, console
from luming.errors import Fault
from luming.proof import (
    LARGEST,
    PROOFS,
    Book,
    ProofFaults,
    Recomputed,
    chain,
    find,
    from_bytes,
    recompute,
    written,
)
from luming.publication import DEMO, MANIFEST

_LISTED = 12
_DIFFERS = 1
_MADE_FROM = {"luming": "鹿鸣", "pack": "文件数据", "facts": "事实", "code": "程序", "seed": "演示种子"}


@click.command()
@click.argument("code")
@click.option(
    "--in", "folder", type=FOLDER, default=Path("out"), show_default=True, help="那次运行的结果文件夹。"
)
@click.option("--all", "whole", is_flag=True, help="数据再多也全部列出。")
def command(code: str, folder: Path, whole: bool) -> None:
    """凭核验码,由存下的条款、规则和数据重新算出一个数,并说明与印出的是否一致。"""
    book, proof = find(_books(folder), code)
    found = recompute(book, proof)
    _tell(book, found, whole)
    if not found.is_equal:
        sys.exit(_DIFFERS)


def _books(folder: Path) -> Iterator[Book]:
    """The books of a run, the real one first; each is read only when it is asked for."""
    files = [file for file in (folder / PROOFS, folder / DEMO / PROOFS) if file.is_file()]
    if not files:
        raise ProofFaults(
            [
                Fault(
                    "proof.none",
                    str(folder),
                    f"没有 {PROOFS}",
                    "luming run 写出的结果文件夹",
                    "请用 --in 指明结果文件夹,或先运行 luming run",
                )
            ]
        )
    for file in files:
        yield _read(file)


def _read(file: Path) -> Book:
    if file.stat().st_size > LARGEST:
        size = f"{file.stat().st_size}字节"
        raise ProofFaults([Fault("proof.large", str(file), size, f"不超过{LARGEST}字节", "请核对文件")])
    return from_bytes(file.read_bytes(), str(file), _as_written(file))


def _as_written(file: Path) -> str:
    """The hash of the file as its run wrote it down; "" where no run.json lies beside it or above it."""
    for folder in (file.parent, file.parent.parent):
        try:
            files = json.loads((folder / MANIFEST).read_bytes())["files"]
            return str(files[file.relative_to(folder).as_posix()])
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return ""


def _tell(book: Book, found: Recomputed, whole: bool) -> None:
    screen, proof = console(), found.proof
    demo = "(演示数据)" if book.demo else ""
    screen.print(f"核验码 {written(proof.code)}:{proof.label}{demo}", soft_wrap=True)
    for step in chain(proof, book.by_sha256):
        screen.print(step.name)
        shown = step.lines if whole else step.lines[:_LISTED]
        for line in shown:
            screen.print(f"  {line}", soft_wrap=True)
        if len(shown) < len(step.lines):
            screen.print(f"  …… 另有{len(step.lines) - len(shown)}行,加 --all 全部列出。", soft_wrap=True)
    screen.print("重新计算", soft_wrap=True)
    screen.print(f"  {_verdict(found)}", soft_wrap=True)
    made = "、".join(
        f"{words}{book.made_from[name]}" for name, words in _MADE_FROM.items() if book.made_from.get(name)
    )
    screen.print(f"存下时所据:{made or '没有记下'};本条校验值 {proof.sha256}", soft_wrap=True)


def _verdict(found: Recomputed) -> str:
    printed, again = found.proof.result, found.again
    if again is None:
        return f"与印出的不一致:印出{printed.words},由存下的内容现在算不出这个数;请核对程序版本。"
    exact = f"{again.words}(精确值 {again.value}{again.unit})"
    if found.is_equal:
        return f"得{exact},与印出的一致。"
    return f"与印出的不一致:印出{printed.words}(精确值 {printed.value}{printed.unit}),现在算得{exact};请核对程序版本。"
