"""The first screen: how things stand, what needs attention, whom to ask first, what to take away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from luming.monitor import Board, Light
from luming.report.board.code_list import all_codes, code_list
from luming.report.board.element import Child, Element, anchor, el
from luming.report.board.figure import sentence
from luming.report.board.gap import Ask, ask_first, asks
from luming.report.board.mark import light_chip, shape
from luming.report.board.papers import PaperLink, paper_list
from luming.report.codes import Codes
from luming.report.phrases import waits_for_its_day, with_light

_MEANING = {
    Light.GREEN: "达到或接近计划进度",
    Light.YELLOW: "落后于计划进度,需要提醒",
    Light.RED: "严重落后,需要督办",
    Light.GREY: "没有当年数据、数据已过期,或尚未到考核时点",
}
_ATTENTION = (Light.RED, Light.YELLOW)
_FIRST = 5


def headline(board: Board) -> str:
    """The state of the board in one sentence, with exact counts."""
    counts, total = board.counts(), len(board.assessments)
    if total == 0:
        return "这份文件里没有可监测的目标。"
    known = total - counts[Light.GREY]
    if known == 0 and any(waits_for_its_day(item) for item in board.assessments):
        return f"{total}项目标没有可用的当年数据或尚未到考核时点,全部亮灰灯。"
    if known == 0:
        return f"{total}项目标都没有可用的当年数据,全部亮灰灯。当务之急是把数据要齐。"
    lights = "、".join(f"{light.label}{counts[light]}项" for light in Light if light is not Light.GREY)
    if known == total:
        return f"{total}项目标都有数据可以判断:{lights}。"
    rest = f"其余{counts[Light.GREY]}项没有当年数据、数据已过期或尚未到考核时点,亮灰灯"
    return f"{total}项目标中,{known}项有数据可以判断:{lights};{rest}。"


def first_screen(board: Board, papers: Sequence[PaperLink], codes: Codes) -> Element:
    """Counts, what needs attention, whom to ask first, what changed, what to take away."""
    return el(
        "section",
        el("h2", "总体情况", id="overview-title"),
        el("p", headline(board), class_="headline"),
        tiles(board),
        _counted(codes),
        el(
            "div",
            _attention(board),
            _first_asks(asks(board), board.as_of),
            _conflicts(board),
            _changes(board),
            _papers(papers),
            class_="panels",
        ),
        id="overview",
        aria_labelledby="overview-title",
    )


def _counted(codes: Codes) -> Element | None:
    """The codes of the counts, and the way to all others."""
    held = [one for one in codes if one.kind == "count"]
    if not codes:
        return None
    return el("p", [code_list(held)] if held else None, all_codes(), class_="aside")


def tiles(board: Board) -> Element:
    """How many targets show each light, in large figures."""
    return el("ul", [_tile(light, count) for light, count in board.counts().items()], class_="tiles")


def _tile(light: Light, count: int) -> Element:
    return el(
        "li",
        el("span", shape(light), light.label, class_="tile-name"),
        el("strong", str(count), class_="count"),
        el("span", _MEANING[light], class_="aside"),
        class_=f"tile {light.value}" + ("" if count else " none"),
    )


def _attention(board: Board) -> Element:
    lit = [item for light in _ATTENTION for item in with_light(board, light)]
    links = [
        el(
            "li",
            light_chip(item.light.light),
            " ",
            el("a", item.target.label, href=f"#{anchor('target', item.target.id)}", class_="leads"),
            el("span", sentence(item.light.reason), class_="aside"),
        )
        for item in lit[:_FIRST]
    ]
    rest = f"另有{len(lit) - _FIRST}项,见目标总表。" if len(lit) > _FIRST else ""
    known = any(item.light.light is not Light.GREY for item in board.assessments)
    empty = "有数据的目标没有落后的。" if known else "还没有可判断的目标,先把数据要齐。"
    body: Child = [el("ul", links), el("p", rest) if rest else None] if lit else el("p", empty)
    return _panel("要关注的目标", body)


def _conflicts(board: Board) -> Element | None:
    found = board.contradictions
    if not found:
        return None
    links = [
        el("li", el("a", item.title, href=f"#{anchor('conflict', item.id)}", class_="leads"))
        for item in found[:_FIRST]
    ]
    rest = el("p", f"共{len(found)}处,见“需要核对的矛盾”。") if len(found) > _FIRST else None
    return _panel("数字对不上,要核对", el("ul", links), rest)


def _first_asks(found: Sequence[Ask], today: dt.date) -> Element:
    if not found:
        return _panel("先向谁要数", el("p", "应有的数据都已到位。"))
    rest = f"另有{len(found) - _FIRST}家单位,见" if len(found) > _FIRST else "逐项清单见"
    total = sum(len(ask.items) for ask in found)
    return _panel(
        f"先向谁要数(共缺{total}个)",
        ask_first(found[:_FIRST], today),
        el("p", rest, el("a", "数据缺口", href="#gaps", class_="leads"), "。"),
    )


def _changes(board: Board) -> Element:
    body = (
        el("ul", [el("li", sentence(change)) for change in board.changes])
        if board.changes
        else el("p", "与上月末相比没有变化。")
    )
    return _panel("比上月的变化", body)


def _papers(papers: Sequence[PaperLink]) -> Element | None:
    return _panel("材料下载", paper_list(papers), class_="papers") if papers else None


def _panel(title: str, *body: Child, class_: str = "") -> Element:
    return el("div", el("h3", title), *body, class_=f"panel {class_}".strip())
