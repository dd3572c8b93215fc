"""What a step of a process does beyond moving the case: reserving money, issuing a paper, opening a panel.

    @effect("budget.reserve")
    def reserve(case: Case, event: CaseEvent, by: User | None) -> None: ...

    @effect("paper:")          # a name that ends in a colon answers for every name that begins with it
    def paper(case, event, by, name): ...

An effect runs in the transaction of its step, after the event is stored and the case brought up to date; it may refuse
(`Refused` or any exception): then nothing has happened, the step included. It is called once for each time the step is
taken. An app registers its effects in the `ready` of its configuration by importing the module that has them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Refused

Effect = Callable[..., None]
_EFFECTS: dict[str, Effect] = {}


def effect(name: str) -> Callable[[Effect], Effect]:
    """Registers a function as what the effect of this name does.

    Raises:
        ValueError: the name is taken by another function.
    """

    def register(function: Effect) -> Effect:
        taken = _EFFECTS.get(name)
        if taken is not None and (taken.__module__, taken.__qualname__) != (
            function.__module__,
            function.__qualname__,
        ):
            raise ValueError(f"the effect {name} is carried out by {taken.__module__} already")
        _EFFECTS[name] = function
        return function

    return register


def effect_named(name: str) -> Effect | None:
    """Who carries out an effect; None where nobody does."""
    found = _EFFECTS.get(name)
    if found is not None:
        return found
    head, colon, _tail = name.partition(":")
    return _EFFECTS.get(head + colon) if colon else None


def run_effects(names: tuple[str, ...], case: Any, event: Any, by: Any) -> None:
    """Carry out the effects of a step in their order.

    Raises:
        Refused: nobody carries one of them out, or one refuses.
    """
    for name in names:
        function = effect_named(name)
        if function is None:
            raise Refused(_("这一步要求“%s”,本平台没有装这项功能,没有办理。请联系系统管理员。") % name)
        if name in _EFFECTS:
            function(case, event, by)
        else:
            function(case, event, by, name=name)
