"""`luming explain STANDARD --firm FILE`: why a firm meets a standard or not, a sentence a step."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import click

from luming.cli.console import DAY, say, today
from luming.cli.standard.shelf import FILE, LANGUAGE, PACKS, catalogue, find
from luming.standards import Explanation, Step, Subject, assess, check_row, explain, read_firms, record


@click.command()
@click.argument("standard", required=False)
@click.option(
    "--firm", "file", type=FILE, required=True, help="一家企业的事实:YAML 每行一项,或 CSV、xlsx 的一行。"
)
@click.option("--row", type=click.IntRange(2), help="表里的第几行(含表头);不写则用第一家。")
@click.option("--as-of", type=DAY, help="按哪一天适用的版本评价;不写就是今天。")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="输出评价记录(JSON):事实、版本、校验值、结论,可用 luming standard replay 复算。",
)
@LANGUAGE
@PACKS
def command(
    standard: str | None,
    file: Path,
    row: int | None,
    as_of: dt.date | None,
    as_json: bool,
    language: str,
    packs: Path,
) -> None:
    """逐步说明一家企业为什么符合或不符合一项标准,每步注明条款。

    STANDARD 写代码(tech_sme)、代码加版本(specialised_sme@2026)或中文名;不写则逐项说明当日适用的全部企业标准。
    """
    day = as_of or today()
    shelf = catalogue(packs)
    table = read_firms(file, shelf.inputs)
    firm = next((item for item in table.rows if row is None or item.number == row), None)
    if firm is None:
        raise click.UsageError(f"{file.name}里没有{f'第{row}行' if row else '企业'}。")
    for fault in table.faults:
        say(fault.sentence(), err=True)
    for finding in check_row(firm.facts, shelf.inputs, credit_code=firm.other.get("credit_code")):
        say(finding.fault(file.name).sentence(), err=True)
    chosen = [find(shelf, standard, day)] if standard else shelf.all_in_force(day, Subject.ENTERPRISE)
    if as_json:
        source = firm.other.get("source", "") or file.name
        sources = dict.fromkeys(firm.facts, source)
        kept = [record(assess(item, firm.facts, day), firm.facts, sources) for item in chosen]
        click.echo(json.dumps(kept, ensure_ascii=False, indent=2))
        return
    for item in chosen:
        _print(explain(item, firm.facts, day, language=language), short=standard is None)


def _print(found: Explanation, *, short: bool) -> None:
    tell = say if found.language == "zh" else click.echo
    tell(found.conclusion)
    standard = found.assessment.standard
    if short:
        return
    caution = standard.caution_en if found.language == "en" and standard.caution_en else standard.caution
    if caution:
        tell(caution)
    for top in found.steps:
        for depth, step in top.walk():
            tell(f"{'  ' * (depth + 1)}{_marked(step)}")


def _marked(step: Step) -> str:
    """The sentence, with its standing where that is weaker than read in a source."""
    weak = step.mark.value in ("memory", "ours", "expected", "not_found")
    return f"{step.sentence}[{step.mark.label}]" if weak and step.language == "zh" else step.sentence
