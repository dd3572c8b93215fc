"""Working at the desk in tests: deciding everything, and finding one's place."""

from __future__ import annotations

from luming.desk import loose_numbers
from luming_portal.accounts.models import User
from luming_portal.documents.drafts import desk_of, token_of
from luming_portal.documents.models import Draft
from luming_portal.documents.services import anchor_at, work_on_measure, work_on_sentence


def finish(draft: Draft, by: User) -> None:
    """Decide everything that blocks the publication, by the very services that the buttons call."""
    desk = desk_of(draft)
    for measure in desk.measures:
        for do in ("accept_all", "create_missing"):
            work_on_measure(draft, measure.id, do, {}, by=by)
        if any(not sentence.bindings for sentence in measure.sentences):
            form = {"mechanism": "cases", "status": "planned"}
            work_on_measure(draft, measure.id, "bind_rest", form, by=by)
    for sentence in desk.sentences():
        while loose := _loose(draft, sentence.start):
            form = {"start": str(loose[0]), "end": str(loose[1]), "reason": "范围的说明,不是承诺"}
            work_on_sentence(draft, sentence.start, "explain", form, "", by=by)


def _loose(draft: Draft, start: int) -> tuple[int, int] | None:
    draft.refresh_from_db()
    desk = desk_of(draft)
    sentence = next(one for one in desk.sentences() if one.start == start)
    found = next(iter(loose_numbers(desk, sentence)), None)
    return (found.start, found.end) if found else None


def place_of(draft: Draft, words: str) -> int:
    """Where the sentence begins that holds some words of the text."""
    draft.refresh_from_db()
    desk = desk_of(draft)
    at = desk.text.index(words)
    return next(one.start for one in desk.sentences() if one.start <= at < one.end)


def token(draft: Draft, start: int) -> str:
    """What the form of that sentence carries."""
    draft.refresh_from_db()
    desk = desk_of(draft)
    return token_of(desk, anchor_at(desk, start))
