"""Events of a case in words, and what a step does beyond moving the case."""

from __future__ import annotations

from typing import Any

from luming.cases import Process

_WORDS = {
    "opened": "建立",
    "reopened": "申诉重办",
    "appealed": "已申诉",
    "withdrawn": "撤回",
    "panel": "专家评审结束",
    "called_back": "回访",
    "settled": "异议处理",
    "objected": "提出异议",
}
VERDICTS = {"agree": "同意", "disagree": "不同意", "abstain": "弃权"}
RESULTS = {"upheld": "成立", "dismissed": "不成立"}


def told(process: Process, event: Any) -> str:
    """What an event was, in the words of the process; always Chinese, as the process is."""
    if event.kind == "moved":
        return process.transitions[event.transition].about.label
    if event.kind == "opinion":
        return f"{event.unit}{VERDICTS.get(event.verdict, event.verdict)}"
    if event.kind == "settled":
        return f"异议{RESULTS.get(event.result, event.result)}"
    return _WORDS.get(event.kind, event.kind)


def effects_of(process: Process, event: Any) -> tuple[str, ...]:
    """The effects that the process names for an event."""
    if event.kind == "withdrawn" and process.withdraw is not None:
        return process.withdraw.effects
    return process.transitions[event.transition].effects if event.kind == "moved" else ()
