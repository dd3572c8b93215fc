"""Lights set by hand, as every paper says them: by whom and why, with the computed light beside the one shown."""

from __future__ import annotations

from collections.abc import Sequence

from luming.monitor import Assessment, Board, Light
from luming.report.codes import figure_key
from luming.report.model import Inlines, LightChip, LineBreak, Text

BY_HAND = "（人工设定）"
HELD = "由人工设定，系统未判为落后"
_COMPUTED = "。系统计算为"
_BEHIND = (Light.YELLOW, Light.RED)


def is_by_hand(item: Assessment) -> bool:
    """Whether the light shown was set by hand."""
    return bool(item.light.override_by)


def light_full_words(item: Assessment) -> str:
    """The light in words with the computed one beside it: 黄灯（人工设定，系统计算为绿灯）."""
    if not is_by_hand(item):
        return item.light.light.label
    return f"{item.light.light.label}（人工设定，系统计算为{item.computed_light.light.label}）"


def by_hand_note(item: Assessment) -> str:
    """What stands under a light set by hand in a workbook; nothing under a computed one."""
    return f"{BY_HAND}\n计算为{item.computed_light.light.label}" if is_by_hand(item) else ""


def light_cell(item: Assessment) -> Inlines:
    """The light as a cell of a paper's table holds it; the computed light stands under one set by hand."""
    chip = LightChip(item.light.light, figure_key("light", item.target.id))
    if not is_by_hand(item):
        return (chip,)
    computed = LightChip(item.computed_light.light)
    return (chip, LineBreak(), Text(BY_HAND), LineBreak(), Text("计算为"), computed)


def setting_words(item: Assessment) -> str:
    """Who set the light, why, and what it is by the figures, without a full stop."""
    told = item.light.reason.partition(_COMPUTED)[0].rstrip("。")
    if item.light.override_by not in told:
        told += f"（设定人{item.light.override_by}）"
    return f"{told}；系统计算为{item.computed_light.light.label}"


def set_by_hand(items: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Those whose light was set by hand."""
    return tuple(item for item in items if is_by_hand(item))


def is_behind(item: Assessment) -> bool:
    """Whether the figures themselves put the target behind schedule, whatever was set by hand."""
    return item.computed_light.light in _BEHIND


def _lights(items: Sequence[Assessment]) -> str:
    """The lights among the targets, red first: 红灯、黄灯."""
    shown = {item.light.light for item in items}
    return "、".join(light.label for light in (Light.RED, Light.YELLOW) if light in shown)


def late_title(items: Sequence[Assessment]) -> str:
    """What a list of yellow and red targets is called: behind schedule only if all of them are by the figures."""
    return "进度滞后的目标" if all(map(is_behind, items)) else f"亮{_lights(items)}的目标"


def late_count(items: Sequence[Assessment]) -> str:
    """How many targets of the list are behind schedule, and how many only stand there by hand."""
    held = sum(not is_behind(item) for item in items)
    if not held:
        return f"{len(items)}项目标落后于序时进度"
    return f"{len(items)}项目标亮{_lights(items)}（其中{held}项{HELD}）"


def by_hand_line(board: Board) -> str:
    """Which lights of the board were set by hand, in one sentence; nothing where none was."""
    held = set_by_hand(board.assessments)
    if not held:
        return ""
    named = "、".join(
        f"{item.target.label}设定为{item.light.light.label}（系统计算为{item.computed_light.light.label}）"
        for item in held
    )
    return f"其中{len(held)}项的灯由人工设定：{named}。"
