"""What is read of disputes: the list with the reader's rights applied, and what stands beside lights, open to all.

Beside a light everybody reads that it is contested, or what was decided, without names and reasons. Whoever may see
the dispute itself is led to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from luming.dispute import Beside, Contested, DisputeState, beside, contestants
from luming.monitor import Assessment, Light
from luming_portal.accounts.rights import Action, decide, visible
from luming_portal.cockpit.boards import Shown
from luming_portal.disputes.models import LightDispute


def disputes_for(user: Any, *, words: str = "", state: str = "") -> QuerySet[LightDispute]:
    """The disputes that a person sees, newest first."""
    found = visible(user, LightDispute.objects.all()).select_related("document", "filed_by", "decided_by")
    for word in words.split():
        found = found.filter(
            Q(target_label__icontains=word)
            | Q(unit__icontains=word)
            | Q(reason__icontains=word)
            | Q(decision__icontains=word)
        )
    return found.filter(state=state) if state else found


def light_marks(shown: Shown) -> Mapping[str, tuple[Beside, ...]]:
    """What stands beside the lights of a board, by target, each thing once; open to everybody.

    Read past the rights of the reader on purpose: of a dispute nothing but its outcome leaves here.
    """
    lights = {item.target.id: item.light for item in shown.board.assessments}
    found: dict[str, set[Beside]] = defaultdict(set)
    for target, contested in _contested(shown):
        said = beside(contested, lights[target]) if target in lights else None
        if said is not None:
            found[target].add(said)
    return {target: tuple(one for one in Beside if one in said) for target, said in found.items()}


def remarks(shown: Shown) -> dict[str, str]:
    """The same as words of a paper, which is always in Chinese."""
    return {
        target: "、".join(one.label.replace(",", "\uff0c") for one in said)
        for target, said in light_marks(shown).items()
    }


def _contested(shown: Shown) -> list[tuple[str, Contested]]:
    rows = LightDispute.objects.filter(
        document_id=shown.version.document_id, demo=shown.board.demo, as_of__lte=shown.board.as_of
    ).exclude(state=DisputeState.WITHDRAWN.value)
    return [
        (target, Contested(as_of, Light(light), tuple(inputs), DisputeState(state)))
        for target, as_of, light, inputs, state in rows.values_list(
            "target", "as_of", "light", "inputs", "state"
        )
    ]


@dataclass(frozen=True, slots=True)
class TargetDisputes:
    """What the page of a target says of disputes.

    Attributes:
        said: what everybody reads beside the light.
        seen: the disputes about the target that the reader may see in full, newest first.
        may_file: whether the reader's unit may contest the light now.
    """

    said: tuple[Beside, ...]
    seen: tuple[LightDispute, ...]
    may_file: bool


def marks_of(user: Any, shown: Shown, item: Assessment) -> TargetDisputes:
    """The disputes about one target."""
    seen = tuple(
        disputes_for(user).filter(
            document_id=shown.version.document_id, demo=shown.board.demo, target=item.target.id
        )[:20]
    )
    may = decide(user, Action.CREATE, "dispute") and user.unit in contestants(item)
    open_own = any(one.at.is_open and one.unit == user.unit for one in seen) if may else False
    return TargetDisputes(light_marks(shown).get(item.target.id, ()), seen, bool(may) and not open_own)
