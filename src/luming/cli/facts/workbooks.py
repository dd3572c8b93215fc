"""`luming facts map | read`: office workbooks, read by a mapping that a person confirms once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from luming.cli.console import console, say, table, today
from luming.cli.facts.book import DAY
from luming.cli.facts.city import CITY, FILE, City, open_city
from luming.errors import FactsFaults, Fault
from luming.facts import Checker, Dictionary, write_csv
from luming.facts.workbook import (
    Account,
    Kind,
    Mapping,
    Provenance,
    Reading,
    apply,
    fingerprint_of,
    mapping_file,
    only_certain,
    propose,
    read_mapping,
    read_office_file,
    write_mapping,
)

SUBJECT = click.option("--subject", help="表中没有写明时,数据属于谁;不写则用城市文件里的地名。")


@click.command("map")
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="不询问:只采用与指标字典完全相同的名称,其余不取。")
@SUBJECT
@CITY
def map_workbook(file: Path, yes: bool, subject: str | None, city: Path | None) -> None:
    """提出工作簿的读法,由人确认一次,以后同一版式直接读。"""
    found = open_city(file, city)
    owner = subject or found.place
    if not owner:
        raise click.UsageError(f"{found.folder} 里的文件没有写明同一个地名;请用 --subject 说明数据属于谁。")
    proposal = propose(
        read_office_file(file).sheets, found.dictionary, owner, file.name, known=found.subjects()
    )
    path = mapping_file(found.mappings, proposal.fingerprint)
    out = console()
    columns = ("工作表", "位置", "原文", "读作", "把握", "理由")
    out.print(table(f"{file.name} 的读法", columns, list(_rows(proposal, found.dictionary))))
    for left in proposal.left_out:
        out.print(f"不读的工作表:{left}")
    uncertain = proposal.uncertain()
    if path.exists():
        out.print(f"这一版式已有记住的读法:{path};确认后将替换它。")
    if yes:
        proposal = only_certain(proposal)
        out.print(f"按 --yes 采用完全相同的名称,{len(uncertain)}处需要人核对的没有采用。")
    else:
        out.print(f"其中{len(uncertain)}处须核对。要改动的话,先确认,再编辑映射文件。")
        click.confirm("按以上读法记住这一版式吗?", abort=True)
    write_mapping(path, proposal.model_copy(update={"confirmed": True}))
    out.print(f"已记住:{path}")


def _rows(mapping: Mapping, dictionary: Dictionary) -> Iterator[tuple[str, ...]]:
    for sheet in mapping.sheets:
        kinds = {"indicator": "行是指标", "subject": "行是主体", "period": "行是时期"}
        whole = [kinds[sheet.rows_are], sheet.subject, sheet.unit and f"单位{sheet.unit}"]
        whole += [dictionary.label(sheet.indicator)] if sheet.indicator else []
        yield (
            sheet.sheet,
            "整表",
            "",
            ",".join(word for word in whole if word),
            sheet.confidence.label,
            sheet.reason,
        )
        for column in sheet.columns:
            means = [
                column.role.label,
                column.indicator and dictionary.label(column.indicator),
                column.subject,
                column.unit,
            ]
            words = ",".join(word for word in means if word)
            yield (
                sheet.sheet,
                f"{column.column}列",
                column.head,
                words,
                column.confidence.label,
                column.reason,
            )
        for name in sheet.names:
            means_ = dictionary.label(name.means) if sheet.rows_are == "indicator" else name.means
            yield sheet.sheet, "行名", name.text, means_ or "不取", name.confidence.label, name.reason


@click.command("read")
@click.argument("file", type=FILE)
@click.option("--source", required=True, help="来源登记中的代码。")
@click.option("--recorded-on", type=DAY, required=True, help="数据公布或报送的日期。")
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="读出的数据写入此 CSV。"
)
@click.option("--all", "every", is_flag=True, help="逐格列出去向。")
@CITY
def read_workbook(
    file: Path, source: str, recorded_on: dt.datetime, target: Path | None, every: bool, city: Path | None
) -> None:
    """按记住的读法读取工作簿;每个非空单元格都说明去向。"""
    found = open_city(file, city)
    faults = list(Checker(found.dictionary).source_faults(source, lambda _: "--source"))
    if recorded_on.date() > today():
        found_day = f"{recorded_on:%Y-%m-%d},晚于今天({today()})"
        faults.append(Fault("facts.future_day", "--recorded-on", found_day, "不晚于今天的日期"))
    if faults:
        raise FactsFaults(faults)
    sheets = read_office_file(file).sheets
    mapping = _remembered(found, fingerprint_of(sheets), file)
    reading = apply(mapping, sheets, found.dictionary, Provenance(source, recorded_on.date()))
    _print(reading, every)
    if target is not None and not reading.facts:
        fault = Fault(
            "facts.nothing_read", file.name, "没有一格读成数据", "至少一格", "请看上面各格没有取的理由"
        )
        raise FactsFaults([fault], f"没有写入 {target}。")
    if target is not None:
        write_csv(target, reading.facts)
        say(f"已写入{len(reading.facts)}条数据到 {target};核对后用 luming facts import 导入台账。")


def _remembered(city: City, fingerprint: str, file: Path) -> Mapping:
    path = mapping_file(city.mappings, fingerprint)
    if not path.is_file():
        raise click.UsageError(f"这一版式还没有确认过读法;请先运行 luming facts map {file}。")
    return read_mapping(path)


def _print(reading: Reading, every: bool) -> None:
    out = console()
    shown: tuple[Account, ...] = reading.accounts if every else reading.left()
    if shown:
        rows = [(item.sheet, item.address, item.text, item.kind.label, item.reason) for item in shown]
        out.print(
            table(
                "单元格去向" if every else "没有取的单元格",
                ("工作表", "单元格", "原文", "去向", "理由"),
                rows,
            )
        )
    for check in reading.totals:
        if not check.holds:
            out.print(f"合计核对 {check.address}:{check.sentence()}")
    counts = Counter(item.kind for item in reading.accounts)
    words = "、".join(f"{kind.label}{counts[kind]}格" for kind in Kind if counts[kind])
    out.print(f"非空单元格{len(reading.accounts)}个:{words};得到{len(reading.facts)}条数据。")
