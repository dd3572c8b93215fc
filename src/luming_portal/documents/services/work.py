"""Work on the desk: each operation is one step in one transaction, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luming.desk import (
    Decomposition,
    DeskFaults,
    EntryChange,
    changes,
    reverted,
    set_head,
)
from luming.errors import Fault
from luming.pack import Pack
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import change
from luming_portal.documents.drafts import desk_of, head_token, measure_token, put, token_of
from luming_portal.documents.models import DeskStep as Step
from luming_portal.documents.models import Draft
from luming_portal.documents.operations import MEASURE, SENTENCE, Operation, Place, named
from luming_portal.documents.services.drafts import locked


class SentenceChanged(Exception):
    """Somebody else has worked on the sentence since it was shown; nothing was written.

    Attributes:
        desk: the decomposition as it stands now.
        anchor: the sentence; "" where it is no more.
    """

    def __init__(self, desk: Decomposition, anchor: str) -> None:
        self.desk = desk
        self.anchor = anchor
        super().__init__(_("这一句刚被他人改动，没有保存您的修改。请看过现在的内容后再提交。"))


class PartChanged(Exception):
    """Somebody else has changed the measure's division of labour or title, or the head; nothing was written.

    Attributes:
        desk: the decomposition as it stands now.
    """

    def __init__(self, desk: Decomposition) -> None:
        self.desk = desk
        super().__init__(_("这一处刚被他人改动，没有保存您的修改。请看过现在的内容后再提交。"))


def work_on_sentence(
    draft: Draft,
    start: int,
    do: str,
    fields: Mapping[str, str],
    token: str,
    *,
    by: Any,
    last_year: Pack | None = None,
) -> Decomposition:
    """Carry out an operation on the sentence that begins at `start`.

    Args:
        do: a word of `operations.SENTENCE`.
        token: of the sentence as the officer saw it.

    Raises:
        Refused, DeskFaults; SentenceChanged: somebody else was faster.
    """
    operation = _operation(SENTENCE, do)

    def work(desk: Decomposition) -> tuple[Decomposition, str]:
        anchor = anchor_at(desk, start)
        if not anchor or (token and token != token_of(desk, anchor)):
            raise SentenceChanged(desk, anchor)
        place = Place(anchor, desk.sentence(anchor)[0].id, last_year)
        return operation.work(desk, place, fields), named(desk, operation, place, fields)

    return _step(draft, work, by=by, place=start)


def work_on_measure(
    draft: Draft, measure: str, do: str, fields: Mapping[str, str], *, by: Any
) -> Decomposition:
    """Carry out an operation on a measure (a word of `operations.MEASURE`).

    Args:
        fields: with the `token` of the measure as the officer saw it, where the form replaces what it showed.

    Raises:
        Refused, DeskFaults; PartChanged: somebody else was faster.
    """
    operation = _operation(MEASURE, do)

    def work(desk: Decomposition) -> tuple[Decomposition, str]:
        token = fields.get("token", "")
        if token and token != measure_token(desk, measure):
            raise PartChanged(desk)
        place = Place("", measure)
        return operation.work(desk, place, fields), named(desk, operation, place, fields)

    return _step(draft, work, by=by)


def change_head(draft: Draft, fields: Mapping[str, str], *, by: Any, token: str = "") -> Decomposition:
    """Change the head of the document on the desk; `token` is that of the head as the officer saw it.

    Raises:
        Refused, DeskFaults; PartChanged: somebody else was faster.
    """

    def work(desk: Decomposition) -> tuple[Decomposition, str]:
        if token and token != head_token(desk):
            raise PartChanged(desk)
        return set_head(desk, fields), _("修改文件抬头")

    return _step(draft, work, by=by)


def undo(draft: Draft, *, by: Any, number: int | None = None) -> Step:
    """Take a step back: the named one, else the last one that this person made.

    Raises:
        Refused: no right to.
        DeskFaults: there is none, or what it changed was changed again since.
    """
    require(by, Action.CHANGE, "document", draft)
    with change(_("撤销")) as door:
        held = locked(draft)
        steps = held.steps.filter(undone=False).order_by("-number")
        step = (steps.filter(number=number) if number else steps.filter(by=by.username)).first()
        if step is None:
            raise DeskFaults(
                [Fault("desk.nothing_to_undo", _("撤销"), _("没有可撤销的操作"), _("尚未撤销的一步"))]
            )
        desk = reverted(desk_of(held), [EntryChange.model_validate(one) for one in step.made])
        put(held, desk)
        door.save(held)
        step.undone = True
        return door.save(step)


def anchor_at(desk: Decomposition, start: int) -> str:
    """The anchor of the sentence that begins there; "" where none does."""
    return next((one.id for one in desk.sentences() if one.start == start), "")


def _step(
    draft: Draft, work: Callable[[Decomposition], tuple[Decomposition, str]], *, by: Any, place: int = -1
) -> Decomposition:
    """One step: lock, read, work, write draft and step. A step that changes nothing is not kept."""
    require(by, Action.CHANGE, "document", draft)
    with change(_("文件分解")) as door:
        held = locked(draft)
        before = desk_of(held)
        after, label = work(before)
        made = changes(before, after)
        if not made:
            return after
        put(held, after)
        door.save(held)
        last = held.steps.order_by("-number").first()
        door.save(
            Step(
                draft=held,
                number=last.number + 1 if last else 1,
                by=by.username,
                by_name=str(by)[:64],
                label=label[:200],
                place=place,
                made=[one.model_dump() for one in made],
            )
        )
    return after


def _operation(known: Mapping[str, Operation], do: str) -> Operation:
    if do not in known:
        raise DeskFaults([Fault("desk.operation", _("操作"), f"“{do}”", _("页面上的按钮"), _("请刷新页面"))])
    return known[do]
