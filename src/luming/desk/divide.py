"""Splitting a sentence and merging it with the next; whatever stands on it follows, and nothing is lost.

Merging what was split gives back what there was. Anchors count the sentences of a measure, so those behind the
cut are numbered anew, and commitments and remarks with them.
"""

from __future__ import annotations

from collections.abc import Iterator

from luming.desk.decomposition import Decomposition, name_of
from luming.desk.faults import refusal
from luming.pack import Binding, Commitment, Measure, Sentence

MOST_SENTENCES = 999


def split(decomposition: Decomposition, anchor: str, at: int) -> Decomposition:
    """Divide a sentence in two.

    Args:
        at: where the second begins, in code points of the text; blanks at the cut belong to neither.

    Raises:
        DeskFaults: the cut leaves nothing on one side, or goes through a number that stands for something.
    """
    measure, sentence = decomposition.sentence(anchor)
    if len(measure.sentences) >= MOST_SENTENCES:
        raise refusal("too_many", name_of(measure), f"{MOST_SENTENCES}句", "更少的句子", "请先合并几句")
    text = decomposition.text
    left = text[sentence.start : at].rstrip() if sentence.start < at < sentence.end else ""
    right = text[at : sentence.end].lstrip() if left else ""
    if not left or not right:
        raise refusal(
            "cut", f"句子 {anchor}", f"切点在第{at}字", "句子中间", "请把光标放在后半句的第一个字前"
        )
    for start, end, quote in _spans(decomposition, anchor):
        if start < at < end:
            raise refusal(
                "cut", f"句子 {anchor}", f"切点落在“{quote}”当中", "不切断数字和它的单位", "请换一个位置"
            )
    first_bindings, second_bindings = _divided(sentence.bindings, left, right)
    first = sentence.model_copy(
        update={"end": sentence.start + len(left), "quote": left, "bindings": first_bindings}
    )
    second = sentence.model_copy(
        update={"start": sentence.end - len(right), "quote": right, "bindings": second_bindings}
    )
    position = measure.sentences.index(sentence)
    return renumbered(
        decomposition,
        measure,
        (*measure.sentences[:position], first, second, *measure.sentences[position + 1 :]),
    )


def merge(decomposition: Decomposition, anchor: str) -> Decomposition:
    """Join a sentence with the next one of the same measure.

    Raises:
        DeskFaults: it is the last of its measure.
    """
    measure, first = decomposition.sentence(anchor)
    position = measure.sentences.index(first)
    if position + 1 == len(measure.sentences):
        raise refusal("last", f"句子 {anchor}", "本条最后一句", "后面还有一句的句子", "可在前一句上合并")
    second = measure.sentences[position + 1]
    joined = first.model_copy(
        update={
            "end": second.end,
            "quote": decomposition.text[first.start : second.end],
            "bindings": _joined(first, second, decomposition.text),
        }
    )
    return renumbered(
        decomposition, measure, (*measure.sentences[:position], joined, *measure.sentences[position + 2 :])
    )


def renumbered(
    decomposition: Decomposition, measure: Measure, sentences: tuple[Sentence, ...]
) -> Decomposition:
    """The measure with other sentences, numbered in order; commitments and remarks follow by their place.

    What has no place in the text stays with the sentence that begins where its old one began, or holds it now.
    """
    counted = tuple(
        one.model_copy(update={"id": f"{measure.id}.s{number}"}) for number, one in enumerate(sentences, 1)
    )
    began = {one.id: one.start for one in measure.sentences}

    def moved(clause: str, start: int) -> str:
        if clause not in began:
            return clause
        place = start if start >= 0 else began[clause]
        return next((one.id for one in counted if one.start <= place < one.end), clause)

    def followed(item: Commitment) -> Commitment:
        return item.model_copy(update={"clause": moved(item.clause, item.start)})

    proposals = tuple(
        item.model_copy(
            update={
                "commitment": followed(item.commitment),
                "proposed": item.proposed and followed(item.proposed),
            }
        )
        for item in decomposition.proposals
    )
    remarks = tuple(
        one.model_copy(update={"clause": moved(one.clause, one.start)}) for one in decomposition.remarks
    )
    changed = decomposition.with_measure(measure.model_copy(update={"sentences": counted}))
    return changed.changed(proposals=proposals, remarks=remarks)


def _spans(decomposition: Decomposition, anchor: str) -> Iterator[tuple[int, int, str]]:
    for item in decomposition.proposals_of(anchor):
        for part in (item.commitment, item.commitment.growth):
            if part is not None and part.start >= 0:
                yield part.start, part.end, part.quote
    for remark in decomposition.remarks:
        yield remark.start, remark.end, remark.quote


def _divided(
    bindings: tuple[Binding, ...], left: str, right: str
) -> tuple[tuple[Binding, ...], tuple[Binding, ...]]:
    """The bindings of both halves: by their quote, which is divided where the cut goes through it; else on both."""
    first, second = [], []
    for binding in bindings:
        if not binding.quote or binding.quote in left:
            first.append(binding)
        if not binding.quote or (binding.quote in right and binding.quote not in left):
            second.append(binding)
        elif binding.quote not in left:
            head, tail = _cut_quote(binding.quote, left, right)
            first.append(binding.model_copy(update={"quote": head}))
            second.append(binding.model_copy(update={"quote": tail}))
    return tuple(first), tuple(second)


def _cut_quote(quote: str, left: str, right: str) -> tuple[str, str]:
    """A quote across the cut: the longest end of the left half that it begins with, and the rest."""
    for length in range(min(len(quote), len(left)), 0, -1):
        tail = quote[length:].lstrip()
        if left.endswith(quote[:length]) and tail and right.startswith(tail):
            return quote[:length], tail
    return "", ""


def _joined(first: Sentence, second: Sentence, text: str) -> tuple[Binding, ...]:
    """The bindings of both in the order of the text, each once; quotes that meet at the seam become one."""
    gap = text[first.end : second.start]
    rest = list(second.bindings)
    result: list[Binding] = []
    for binding in first.bindings:
        if binding in rest:
            result += rest[: rest.index(binding)]
            rest = rest[rest.index(binding) + 1 :]
            result.append(binding)
            continue
        twin = _across(binding, first, second, rest)
        if twin is None:
            result.append(binding)
            continue
        result += rest[: rest.index(twin)]
        rest = rest[rest.index(twin) + 1 :]
        result.append(binding.model_copy(update={"quote": binding.quote + gap + twin.quote}))
    return tuple(dict.fromkeys([*result, *rest]))


def _across(binding: Binding, first: Sentence, second: Sentence, rest: list[Binding]) -> Binding | None:
    """The binding of the second sentence that goes on where this one's quote ends at the seam."""
    if not binding.quote or not first.quote.endswith(binding.quote):
        return None
    for other in rest:
        same = other.model_copy(update={"quote": binding.quote}) == binding
        if same and other.quote and second.quote.startswith(other.quote):
            return other
    return None
