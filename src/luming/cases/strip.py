"""A process as one column for a narrow screen: each state with the steps that leave it, and where they lead."""

from __future__ import annotations

from html import escape

from luming.cases.case import Case
from luming.cases.clock import day_of
from luming.cases.process import Process, State
from luming.cases.svg import INK, LINE, MUTED, NOW, PAPER, TAKEN, broken, clear, text, words

_WIDTH = 340.0
_LEFT = 26.0


def strip(process: Process, case: Case | None, language: str) -> str:
    """The process as a column 340 pixels wide."""
    parts: list[str] = []
    y = 14.0
    spots: dict[str, float] = {}
    for state in process.states.values():
        spots[state.key] = y + 16
        y = _one(process, state, case, language, parts, y) + 12
    line = (
        f'<line x1="{_LEFT - 12:.0f}" y1="{min(spots.values()):.0f}" x2="{_LEFT - 12:.0f}" y2="{max(spots.values()):.0f}" '
        f'stroke="{LINE}" stroke-width="2"/>'
    )
    dots = [_dot(spot, key, case) for key, spot in spots.items()]
    name = process.about.name(language)
    label = words("流程", "Process", language) + f":{name}"
    if case:
        label += words(",现在是", ", now at: ", language) + case.place.about.name(language)
    label = escape(clear(label, language), quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" viewBox="0 0 {_WIDTH:.0f} {y:.0f}" '
        f'width="{_WIDTH:.0f}" height="{y:.0f}" font-family="system-ui, \'Noto Sans SC\', \'Microsoft YaHei\', sans-serif">'
        f'<title>{label}</title><rect width="100%" height="100%" fill="{PAPER}"/>'
        + line
        + "".join(dots)
        + "".join(parts)
        + "</svg>"
    )


def _dot(spot: float, key: str, case: Case | None) -> str:
    now = case is not None and case.state == key
    been = case is not None and any(step.state == key for step in case.steps)
    colour = NOW if now else TAKEN if been else LINE
    fill = colour if been else PAPER
    return f'<circle cx="{_LEFT - 12:.0f}" cy="{spot:.0f}" r="{7 if now else 5}" fill="{fill}" stroke="{colour}" stroke-width="2"/>'


def _one(
    process: Process, state: State, case: Case | None, language: str, parts: list[str], y: float
) -> float:
    """Draw one state and its steps from y down; the y below it."""
    now = case is not None and case.state == state.key
    been = case is not None and any(step.state == state.key for step in case.steps)
    label = clear(state.about.name(language), language)
    if state.end:
        label += words("（终点）", " (end)", language)
    rows = broken(label, _WIDTH - _LEFT - 110, 15)
    high = 12 + 19.0 * len(rows)
    stroke, width = (NOW, 3) if now else (TAKEN, 2) if been else (LINE, 1)
    fill = "#fff4e0" if now else "#eaf3ff" if been else PAPER
    parts.append(
        f'<rect x="{_LEFT:.0f}" y="{y:.1f}" width="{_WIDTH - _LEFT - 8:.0f}" height="{high:.1f}" '
        f'rx="{high / 2 if state.end or state.start else 6:.1f}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>'
    )
    for at, row in enumerate(rows):
        parts.append(text(_LEFT + 14, y + 21 + at * 19, row, 15, INK, bold=now, anchor="start"))
    note = ""
    if case and been:
        note = day_of([step.at for step in case.steps if step.state == state.key][-1]).isoformat()
    if now:
        note = words("现在", "now", language) + " " + note
    if note:
        parts.append(text(_WIDTH - 18, y + 21, note, 12, NOW if now else MUTED, bold=now, anchor="end"))
    y += high
    taken = set(case.taken) if case else set()
    for item in process.leaving(state.key):
        target = process.states[item.target].about.name(language)
        arrow = "↻" if item.target == state.key else "→"
        line = (
            f"{item.about.name(language)} {arrow} {target}"
            if arrow == "→"
            else f"{item.about.name(language)} ↻"
        )
        for row in broken(clear(line, language), _WIDTH - _LEFT - 30, 12):
            y += 18
            done = item.key in taken
            parts.append(text(_LEFT + 18, y, row, 12, TAKEN if done else MUTED, bold=done, anchor="start"))
    return y
