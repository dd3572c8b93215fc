"""A process drawn as SVG, with the way a case has gone and the place where it is; readable without colour or script.

No style sheet and no script: every look is an attribute, so that a strict content policy shows it. Classes
(`state now`, `step taken`) are there for a page that wants another look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from luming.cases.case import Case
from luming.cases.clock import day_of
from luming.cases.layout import Layout, Line, Place, layout
from luming.cases.process import About, Process, State
from luming.cases.strip import strip
from luming.cases.svg import INK, LINE, MUTED, NOW, PAPER, TAKEN, broken, clear, size, text, words

_BOX_WIDTH = 112.0
_LINE_HEIGHT = 17.0
_FONT = 14


@dataclass(frozen=True, slots=True)
class Way:
    """Steps between two states drawn as one line: each label, and whether the case took that step."""

    source: str
    target: str
    labels: tuple[tuple[str, bool], ...]
    dashed: bool

    @property
    def taken(self) -> bool:
        """Whether the case went this way."""
        return any(taken for _, taken in self.labels)


def drawing(process: Process, case: Case | None = None, *, narrow: bool = False, language: str = "zh") -> str:
    """The process as SVG; with a case, its way so far and its present place are marked.

    Args:
        narrow: one column of states, each with the steps that leave it, for a screen of 360 pixels.
        language: zh or en; elements without an English label keep the Chinese one.
    """
    if narrow:
        return strip(process, case, language)
    shown = [state for state in process.states.values() if not _only_withdrawn(process, state)]
    ways = _ways(process, case, language)
    boxes = {state.key: _box(process, state, case, language) for state in shown}
    lines = []
    for way in ways:
        wide = max(size(line, 12) for label, _ in way.labels for line in broken(label, 96, 12))
        high = sum(len(broken(label, 96, 12)) for label, _ in way.labels) * 15.0
        lines.append(Line(way.source, way.target, wide + 6, high + 4))
    placed = layout({key: (_BOX_WIDTH, 14 + _LINE_HEIGHT * len(rows)) for key, rows in boxes.items()}, lines)
    ports = _ports(ways, placed)
    parts = [
        _step(way, placed.ways[at], ports[at, way.source], ports[at, way.target])
        for at, way in enumerate(ways)
    ]
    parts += [_label(way, placed.labels[at]) for at, way in enumerate(ways)]
    parts += [_state(state, placed.states[state.key], boxes[state.key], case, language) for state in shown]
    foot = _foot(process, case, language)
    return _whole(process, case, placed, parts, foot, language)


def described(process: Process, case: Case | None, language: str = "zh") -> str:
    """The drawing in one sentence, for those who do not see it."""
    name = process.about.name(language)
    if case is None:
        return clear(f"流程图:{name}", language) if language == "zh" else f"Chart of {name}"
    place = case.place.about.name(language)
    if language == "zh":
        return clear(f"流程图:{name},现在是“{place}”", language)
    return f"Chart of {name}, now at: {place}"


def _only_withdrawn(process: Process, state: State) -> bool:
    rule = process.withdraw
    if rule is None or rule.to != state.key:
        return False
    return not any(item.target == state.key for item in process.transitions.values())


def _ways(process: Process, case: Case | None, language: str) -> list[Way]:
    taken = set(case.taken) if case else set()
    went = {
        (one.state, other.state) for one, other in zip(case.steps, case.steps[1:], strict=False)
    } if case else set()  # fmt: skip
    found: dict[tuple[str, str], list[tuple[str, bool, bool]]] = {}

    def add(source: str, target: str, about: About, key: str, dashed: bool) -> None:
        if source != target:
            done = (source, target) in went and (key in taken or dashed)
            found.setdefault((source, target), []).append(
                (clear(about.name(language), language), done, dashed)
            )

    for item in process.transitions.values():
        for source in item.sources:
            add(source, item.target, item.about, item.key, False)
    if process.objection and process.objection.opens:
        for source in process.objection.states:
            add(source, process.objection.opens, process.objection.about, "", True)
    return [
        Way(
            source,
            target,
            tuple((label, done) for label, done, _ in items),
            all(dashed for *_, dashed in items),
        )
        for (source, target), items in found.items()
    ]


def _box(process: Process, state: State, case: Case | None, language: str) -> list[str]:
    """The lines in a state's box: its label, what may be done staying there, and when the case came."""
    rows = broken(clear(state.about.name(language), language), _BOX_WIDTH - 14, _FONT)
    staying = [item.about.name(language) for item in process.leaving(state.key) if item.target == state.key]
    rows += [clear(f"↻ {label}", language) for label in staying]
    if case:
        entered = [step.at for step in case.steps if step.state == state.key]
        if entered:
            rows.append(day_of(entered[-1]).isoformat())
    return rows


def _state(state: State, place: Place, rows: Sequence[str], case: Case | None, language: str) -> str:
    now = case is not None and case.state == state.key
    been = case is not None and any(step.state == state.key for step in case.steps)
    left, top = place.x - place.width / 2, place.y - place.height / 2
    round_ = place.height / 2 if state.end or state.start else 6
    stroke, width = (NOW, 3) if now else (TAKEN, 2) if been else (LINE, 1)
    fill = "#fff4e0" if now else "#eaf3ff" if been else PAPER
    kind = "state now" if now else "state been" if been else "state"
    parts = [
        f'<g class="{kind}"><rect x="{left:.1f}" y="{top:.1f}" width="{place.width:.1f}" height="{place.height:.1f}" '
        f'rx="{round_:.1f}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>'
    ]
    if state.end:
        parts.append(
            f'<rect x="{left + 3:.1f}" y="{top + 3:.1f}" width="{place.width - 6:.1f}" height="{place.height - 6:.1f}" '
            f'rx="{max(round_ - 3, 1):.1f}" fill="none" stroke="{stroke}" stroke-width="0.8"/>'
        )
    y = top + 7 + _LINE_HEIGHT * 0.75
    for row in rows:
        small = row.startswith("↻") or row[:2] == "20"
        parts.append(
            text(place.x, y, row, 11 if small else _FONT, MUTED if small else INK, bold=now and not small)
        )
        y += _LINE_HEIGHT
    if now:
        parts.append(_flag(left, top, language))
    return "".join(parts) + "</g>"


def _flag(left: float, top: float, language: str) -> str:
    return f'<rect x="{left - 6:.1f}" y="{top - 11:.1f}" width="34" height="17" rx="3" fill="{NOW}"/>' + text(
        left + 11, top + 2, words("现在", "now", language), 11, PAPER, bold=True
    )


def _ports(ways: Sequence[Way], placed: Layout) -> dict[tuple[int, str], float]:
    """Where on a box's edge each line starts or ends: side by side, in the order in which the lines come."""
    sides: dict[tuple[str, bool], list[tuple[float, int]]] = {}
    for at, (way, points) in enumerate(zip(ways, placed.ways, strict=True)):
        for key, state, beside in ((way.source, points[0], points[1]), (way.target, points[-1], points[-2])):
            sides.setdefault((key, beside.row > state.row), []).append((beside.x, at))
    found = {}
    for (key, _), lines in sides.items():
        state = placed.states[key]
        room = state.width - 28
        for spot, (x, at) in enumerate(sorted(lines)):
            even = room * ((spot + 0.5) / len(lines) - 0.5)
            wanted = max(-room / 2, min(room / 2, x - state.x))
            found[at, key] = state.x + (wanted if len(lines) == 1 else even)
    return found


def _step(way: Way, points: Sequence[Place], x: float, end_x: float) -> str:
    """A line through the way points from one edge to another, upright in the rows, with a head at its end."""
    first, last = points[0], points[-1]
    side = 1 if last.row > first.row else -1
    y = first.y + side * first.height / 2
    path = [f"M{x:.1f} {y:.1f}"]
    y = first.y + side * first.high / 2
    path.append(f"L{x:.1f} {y:.1f}")
    for point in points[1:-1]:
        path.append(_curve(x, y, point.x, point.y - side * point.high / 2))
        x, y = point.x, point.y + side * point.high / 2
        path.append(f"L{x:.1f} {y:.1f}")
    path.append(_curve(x, y, end_x, last.y - side * (last.high / 2 + 7)))
    end_y = last.y - side * (last.height / 2 + 7)
    path.append(f"L{end_x:.1f} {end_y:.1f}")
    colour, width = (TAKEN, 2.4) if way.taken else (MUTED, 1.1)
    dash = ' stroke-dasharray="5 4"' if way.dashed else ""
    head = f"{end_x - 4.5:.1f},{end_y:.1f} {end_x + 4.5:.1f},{end_y:.1f} {end_x:.1f},{end_y + side * 7:.1f}"
    kind = "step taken" if way.taken else "step"
    return (
        f'<g class="{kind}"><path d="{"".join(path)}" fill="none" stroke="{colour}" stroke-width="{width}"{dash}/>'
        f'<polygon points="{head}" fill="{colour}"/></g>'
    )


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (y + to_y) / 2
    return f"C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}"


def _label(way: Way, place: Place) -> str:
    rows = [(row, taken) for label, taken in way.labels for row in broken(label, 96, 12)]
    top = place.y - len(rows) * 7.5
    parts = [
        f'<rect x="{place.x - place.width / 2:.1f}" y="{place.y - place.height / 2:.1f}" width="{place.width:.1f}" '
        f'height="{place.height:.1f}" rx="3" fill="{PAPER}"/>'
    ]
    for at, (row, taken) in enumerate(rows):
        parts.append(text(place.x, top + 11.5 + at * 15, row, 12, TAKEN if taken else INK, bold=taken))
    return "".join(parts)


def _foot(process: Process, case: Case | None, language: str) -> list[str]:
    """What holds in several states and would only tangle the lines: withdrawal and appeal."""
    comma, colon = words("、", ", ", language), words(":", ": ", language)

    def named(keys: Iterable[str]) -> str:
        return comma.join(process.states[key].about.name(language) for key in keys)

    rows = []
    if rule := process.withdraw:
        rows.append(f"{rule.about.name(language)}{colon}{named(rule.states)} → {named([rule.to])}")
    if appeal := process.appeal:
        within = f"({appeal.within.said}内)" if appeal.within and language == "zh" else ""
        rows.append(f"{appeal.about.name(language)}{colon}{named(appeal.ends)}{within}")
    if case and case.ended:
        rows.append(words("结果", "Outcome", language) + colon + named([case.state]))
    return [clear(row, language) for row in rows]


def _whole(
    process: Process,
    case: Case | None,
    placed: Layout,
    parts: Sequence[str],
    foot: Sequence[str],
    language: str,
) -> str:
    width = max(placed.width, 320.0)
    rows = [line for row in foot for line in broken(row, width - 32, 12)]
    height = placed.height + (len(rows) * 18 + 8 if rows else 0)
    for at, row in enumerate(rows):
        parts = [*parts, text(16, placed.height + 10 + at * 18, row, 12, MUTED, anchor="start")]
    label = escape(described(process, case, language), quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" font-family="system-ui, \'Noto Sans SC\', \'Microsoft YaHei\', sans-serif">'
        f'<title>{label}</title><rect width="100%" height="100%" fill="{PAPER}"/>' + "".join(parts) + "</svg>"
    )
