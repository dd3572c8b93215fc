"""Binding sentences to what carries them out, or saying why nothing of this platform does."""

from __future__ import annotations

from collections.abc import Sequence

from luming.desk.decomposition import Decomposition, name_of
from luming.desk.faults import DeskFaults, refusal
from luming.errors import Fault
from luming.pack import Binding, BindingStatus, Measure, Mechanism, Sentence

_DEFAULT_REFERENCES = {
    BindingStatus.RUNS: "命令 luming run",
    BindingStatus.WAITS: "待主管部门出台细则",
}


def bind(
    decomposition: Decomposition,
    anchors: Sequence[str],
    mechanism: str,
    status: str,
    reference: str = "",
    quote: str = "",
) -> Decomposition:
    """Bind sentences to a mechanism.

    Args:
        anchors: the sentences, all or none of which are bound.
        mechanism, status: words of `Mechanism` and `BindingStatus`.
        reference: the command or page, the awaited rule, or the planned part; a plain default where it is empty.
        quote: the words of the sentence that are meant, where not all of it is.

    Raises:
        DeskFaults: every fault of what was given.
    """
    faults: list[Fault] = []
    if mechanism not in set(Mechanism) - {Mechanism.NONE}:
        labels = "、".join(one.label for one in Mechanism if one is not Mechanism.NONE)
        faults.append(Fault("desk.mechanism", "“机制”", f"“{mechanism}”", f"以下之一:{labels}"))
    if status not in set(BindingStatus) - {BindingStatus.NOT_SOFTWARE}:
        labels = "、".join(one.label for one in BindingStatus if one is not BindingStatus.NOT_SOFTWARE)
        faults.append(Fault("desk.status", "“进度”", f"“{status}”", f"以下之一:{labels}"))
    for anchor in anchors:
        sentence = decomposition.sentence(anchor)[1]
        if quote and quote not in sentence.quote:
            faults.append(Fault("desk.binding_quote", f"句子 {anchor}", f"“{quote}”", "该句中的原话"))
    if faults:
        raise DeskFaults(faults)
    binding = Binding(
        mechanism=Mechanism(mechanism),
        status=BindingStatus(status),
        reference=reference.strip() or default_reference(mechanism, status),
        quote=quote,
    )
    return _with_binding(decomposition, anchors, binding)


def bind_rest(
    decomposition: Decomposition, measure: str, mechanism: str, status: str, reference: str = ""
) -> Decomposition:
    """Bind every sentence of a measure that nothing carries out yet.

    Raises:
        DeskFaults: see `bind`; or every sentence is bound already.
    """
    return bind(decomposition, _unbound(decomposition.measure(measure)), mechanism, status, reference)


def mark_not_software(decomposition: Decomposition, anchors: Sequence[str], reason: str) -> Decomposition:
    """Say that sentences are carried out by people and institutions, and why; other bindings give way.

    Raises:
        DeskFaults: no reason is given.
    """
    if not reason.strip():
        raise refusal("reason", "“理由”", "空白", "一句话,如 由市委组织部以会议部署落实")
    binding = Binding(
        mechanism=Mechanism.NONE, status=BindingStatus.NOT_SOFTWARE, reference=" ".join(reason.split())
    )
    for anchor in anchors:
        decomposition = _rebound(decomposition, anchor, (binding,))
    return decomposition


def mark_rest_not_software(decomposition: Decomposition, measure: str, reason: str) -> Decomposition:
    """Say it of every sentence of a measure that nothing carries out yet.

    Raises:
        DeskFaults: no reason is given.
    """
    return mark_not_software(decomposition, _unbound(decomposition.measure(measure)), reason)


def unbind(decomposition: Decomposition, anchor: str, position: int) -> Decomposition:
    """Take back a binding of a sentence, by its place among them (from 0).

    Raises:
        DeskFaults: there is no such binding.
    """
    bindings = decomposition.sentence(anchor)[1].bindings
    if not 0 <= position < len(bindings):
        raise refusal(
            "no_binding", f"句子 {anchor}", f"没有第{position + 1}项对应", "已有的对应", "请刷新页面后再试"
        )
    return _rebound(decomposition, anchor, bindings[:position] + bindings[position + 1 :])


def default_reference(mechanism: str, status: str) -> str:
    """What a binding says where the officer has not said more."""
    named = _DEFAULT_REFERENCES.get(BindingStatus(status))
    return named or f"由“{Mechanism(mechanism).label}”承接,已列入建设计划"


def _unbound(measure: Measure) -> tuple[str, ...]:
    found = tuple(sentence.id for sentence in measure.sentences if not sentence.bindings)
    if not found:
        raise refusal("all_bound", name_of(measure), "没有尚未对应的句子", "至少一句", "可逐句增改")
    return found


def _with_binding(decomposition: Decomposition, anchors: Sequence[str], binding: Binding) -> Decomposition:
    for anchor in anchors:
        sentence = decomposition.sentence(anchor)[1]
        others = tuple(one for one in sentence.bindings if one.mechanism is not Mechanism.NONE)
        if binding not in others:
            decomposition = _rebound(decomposition, anchor, (*others, binding))
    return decomposition


def _rebound(decomposition: Decomposition, anchor: str, bindings: tuple[Binding, ...]) -> Decomposition:
    measure, sentence = decomposition.sentence(anchor)
    changed: Sentence = sentence.model_copy(update={"bindings": bindings})
    sentences = tuple(changed if one.id == anchor else one for one in measure.sentences)
    return decomposition.with_measure(measure.model_copy(update={"sentences": sentences}))
