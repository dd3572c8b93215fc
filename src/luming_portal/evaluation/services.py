"""What is recorded of an evaluation: that a report was drafted, from what. The tables and the report are not kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from luming.evaluation import Evaluation
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import change


def record_draft(evaluation: Evaluation, form: str, tables: Mapping[str, bytes], *, by: Any) -> None:
    """Enter into the record of changes who drafted which report, with the hashes of the tables.

    Raises:
        Refused: not the right of this person.
    """
    require(by, Action.EXPORT, "evaluation")
    with change() as changes:
        changes.event(
            "evaluation.drafted",
            f"政策评估报告_{evaluation.span.label()}",
            form=form,
            as_of=evaluation.board.as_of.isoformat(),
            demo=evaluation.demo,
            tables={name: hashlib.sha256(content).hexdigest() for name, content in tables.items()},
        )
