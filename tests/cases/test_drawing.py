"""The drawing: nothing covers anything, the present place is marked, and all is said without colour."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest

from cases.small import SMALL, at, filed, pack_processes, process, steps
from luming.cases import described, drawing
from luming.cases.layout import Line, layout

SVG = "{http://www.w3.org/2000/svg}"


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """The outer boxes of states and labels: left, top, right, bottom."""
    found = []
    for box in ElementTree.fromstring(svg).iter(f"{SVG}rect"):
        if box.get("width") == "100%" or box.get("fill") in ("none", "#b54708"):
            continue
        left, top = float(box.get("x", 0)), float(box.get("y", 0))
        found.append((left, top, left + float(box.get("width", 0)), top + float(box.get("height", 0))))
    return found


def overlap(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def texts(svg: str) -> list[str]:
    return [item.text or "" for item in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def shelf(root):
    return [process(), *pack_processes(root)]


def test_no_box_covers_another_and_all_stands_inside(shelf):
    for one in shelf:
        for narrow in (False, True):
            svg = drawing(one, narrow=narrow)
            whole = ElementTree.fromstring(svg)
            width, height = float(whole.get("width", 0)), float(whole.get("height", 0))
            found = boxes(svg)
            assert not [pair for pair in combinations(found, 2) if overlap(*pair)], one.name
            assert all(
                left >= 0 and top >= 0 and right <= width and bottom <= height
                for left, top, right, bottom in found
            )
            assert width <= 340 or not narrow


def test_every_state_and_step_is_there_in_words(shelf):
    for one in shelf:
        for narrow in (False, True):
            said = "".join(texts(drawing(one, narrow=narrow, language="en"))).replace(" ", "")
            for item in (*one.states.values(), *one.transitions.values()):
                assert item.about.name("en").replace(" ", "") in said, (one.name, item.key)


def test_the_present_place_is_marked_in_words_and_the_way_is_thick():
    case = steps(filed(at(5, 6)), ("accept", "window", at(5, 7)))
    svg = drawing(case.process, case)
    whole = ElementTree.fromstring(svg)
    now = [group for group in whole.iter(f"{SVG}g") if group.get("class") == "state now"]
    assert len(now) == 1
    assert [item.text for item in now[0].iter(f"{SVG}text")] == ["审核", "↻ 延期", "2025-05-07", "现在"]
    assert len([group for group in whole.iter(f"{SVG}g") if group.get("class") == "step taken"]) == 2
    assert whole.get("aria-label") == described(case.process, case) == "流程图：小流程，现在是“审核”"
    narrow = drawing(case.process, case, narrow=True)
    assert "现在 2025-05-07" in texts(narrow)


def test_chinese_labels_have_full_width_marks_and_no_line_begins_with_one():
    one = process(SMALL.replace("label: 退回补正", 'label: "退回补正(一次性告知),再提交"'))
    said = texts(drawing(one))
    assert "退回补正（一次性告知），再提交" in "".join(said)
    assert not [line for line in said if line[:1] in "，。；：）" and line]


def test_what_a_label_says_cannot_become_markup():
    one = process(SMALL.replace("label: 待补正", 'label: "<script>alert(1)</script>&"'))
    for narrow in (False, True):
        svg = drawing(one, narrow=narrow)
        assert "<script" not in svg
        ElementTree.fromstring(svg)


def test_nothing_but_attributes_so_that_a_strict_content_policy_shows_it():
    for narrow in (False, True):
        svg = drawing(process(), narrow=narrow)
        assert "style" not in svg
        assert "href" not in svg


def test_the_same_process_is_drawn_the_same():
    assert drawing(process()) == drawing(process())


def test_a_line_that_passes_rows_has_a_place_in_each():
    found = layout({"a": (100, 30), "b": (100, 30), "c": (100, 30)}, [Line("a", "b", 40, 15), Line("b", "c", 40, 15), Line("a", "c", 40, 15)])  # fmt: skip
    assert [len(way) for way in found.ways] == [3, 3, 5]
    assert found.states["a"].y < found.states["b"].y < found.states["c"].y
