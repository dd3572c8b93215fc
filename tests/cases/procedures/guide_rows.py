"""The rows of the tables in docs/guide/procedures.md, as the procedures themselves say them."""

from __future__ import annotations

from luming.cases import Clock, Process
from luming.mark import Mark

SIGNS = {
    Mark.VERIFIED: "核",
    Mark.SECONDARY: "转",
    Mark.MEMORY: "记",
    Mark.NOT_FOUND: "未",
    Mark.EXPECTED: "待",
}
"""How a mark is written behind a limit; our own limits have no sign."""


def row_of(process: Process) -> str:
    """Key, name, measures, standing, publicity and what was not found."""
    publicity = process.publicity.limit.said if process.publicity else "无"
    cells = (
        f"`{process.key}`",
        process.about.label,
        "、".join(process.measures),
        process.about.mark.label,
        publicity,
        ";".join(process.not_found),
    )
    return "| " + " | ".join(cells) + " |"


def clocks_of(process: Process) -> str:
    """Every limit with its length and where it comes from."""
    return f"- **{process.about.label}**:" + ";".join(_clock(one) for one in process.clocks.values()) + "。"


def _clock(clock: Clock) -> str:
    limit = clock.limit
    if limit.until:
        length = "按填写的日期"
    elif limit.table:
        length = "、".join(f"{value}{span.said}" for value, span in limit.table)
    else:
        length = limit.span.said if limit.span else ""
    sign = SIGNS.get(clock.about.mark, "")
    return f"{clock.about.label}({length}{',' + sign if sign else ''})"
