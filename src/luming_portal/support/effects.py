"""What a step of a case does to support: when money is paid, that the same matter was not paid before."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Refused
from luming_portal.cases.effects import effect
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.claims import claims_of, was_granted
from luming_portal.support.comparison import duplicate_of, matter_of_case, met_before


@effect("support.paid")
def paid(case: Any, event: Any, by: Any) -> None:
    """Stop a payment for a matter that another case of the firm has already been granted money for.

    The budget refuses one matter twice by its number; this looks at the stacking group as well, so that two items for
    one certificate are not both paid. A case of an item that is no longer at hand is left to the budget.

    Raises:
        Refused: the matter was met before.
    """
    items = support_shelf().items
    item = items.get(str(case.data.get("item", "")))
    if item is None or case.enterprise is None or item.difference:
        return
    others = [
        one
        for one in claims_of([case.enterprise]).get(case.enterprise.pk, [])
        if one.pk != case.pk and was_granted(one)
    ]
    before = met_before(others, items)
    words = duplicate_of(matter_of_case(item, case), before, {})
    if words:
        raise Refused(_("同一件事已经支持过:%s。没有拨付。") % words)
