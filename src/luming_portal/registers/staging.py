"""A file on its way into a register: taken in and looked over, then confirmed; nothing is written in between."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, decide, require
from luming_portal.audit.door import change
from luming_portal.registers.catalog import registers
from luming_portal.registers.models import StagedImport
from luming_portal.registers.plan import Outcome, Plan
from luming_portal.registers.planning import plan_records
from luming_portal.registers.reading import Row, Table, read_table
from luming_portal.registers.register import Register
from luming_portal.registers.targets import targets


class PlanChanged(Exception):
    """The register changed since the preview; nothing was written."""


def stage_import(register: Register, name: str, content: bytes, *, by: Any) -> StagedImport:
    """Read a file and keep it for confirmation; what nobody confirmed in time is cleared away.

    Raises:
        Refused: the person may not import here.
        FactsFaults: the file cannot be read, in sentences.
    """
    require(by, Action.IMPORT, register.noun)
    StagedImport.objects.filter(expires_at__lt=timezone.now()).delete()
    with tempfile.TemporaryDirectory(prefix="luming-import-") as folder:
        file = Path(folder) / ("file.xlsx" if name.lower().endswith(".xlsx") else "file.csv")
        file.write_bytes(content)
        table = read_table(file, name, *importable(register, by))
    if "seal" in register.extra:  # what must not lie in the file goes before it is kept
        table, content = register.extra["seal"](table), b""
    staged = StagedImport(
        owner=by,
        register=register.slug,
        file_name=name[:200],
        table={"columns": table.columns, "header": table.header, "rows": [asdict(row) for row in table.rows]},
        original=content,
    )
    staged.save()
    return staged


def importable(register: Register, user: Any) -> tuple[Sequence[Any], Sequence[Any]]:
    """The columns that a file may fill in, and those that it may merely show."""
    if "import_columns" in register.extra:
        keys = register.extra["import_columns"]
        readable = register.columns_for(user)
        return [column for column in readable if column.key in keys], readable
    written = [target.column for target in targets(register, user).values()]
    return written, register.columns_for(user)


def table_of(staged: StagedImport) -> Table:
    """The table of a staged file."""
    rows = tuple(Row(row["number"], row["cells"], tuple(row["dates"])) for row in staged.table["rows"])
    return Table(tuple(staged.table["columns"]), staged.table["header"], rows)


def plan_of(staged: StagedImport, *, by: Any, without: frozenset[int] = frozenset()) -> Plan:
    """What confirming would do, against the register as it is now."""
    register = registers()[staged.register]
    table = table_of(staged)
    if without:
        table = Table(
            table.columns, table.header, tuple(row for row in table.rows if row.number not in without)
        )
    if "plan" in register.extra:
        plan: Plan = register.extra["plan"](table, by)
        return plan
    return plan_records(
        register, table, targets(register, by), lambda action, item: decide(by, action, register.noun, item)
    )


def confirm_import(staged: StagedImport, digest: str, *, by: Any, reason: str, partly: bool = False) -> Plan:
    """Take a staged file in; what was done.

    Args:
        digest: of the plan that the person saw.
        partly: take in the sound rows although others are faulty.

    Raises:
        Refused, PlanChanged, ReasonMissing: nothing was written.
        ValueError: there are faulty rows and `partly` was not chosen.
    """
    register = registers()[staged.register]
    require(by, Action.IMPORT, register.noun)
    plan = plan_of(staged, by=by)
    if plan.digest() != digest:
        raise PlanChanged
    if plan.faulty and not partly:
        raise ValueError(_("有%d行有问题。请改好后重新上传,或选择只导入没有问题的行。") % len(plan.faulty))
    if plan.faulty and "plan" in register.extra:  # facts hang together: what remains is looked over once more
        plan = plan_of(staged, by=by, without=frozenset(row.number for row in plan.faulty))
        if plan.faulty:
            raise PlanChanged
    with change(reason) as changes:
        apply = register.extra.get("apply", _write)
        apply(changes, plan)
        changes.event(
            "register.imported",
            str(register.label),
            register=register.slug,
            file=staged.file_name,
            new=len(plan.new),
            changed=len(plan.changed),
            unchanged=len(plan.unchanged),
        )
        staged.delete()
    return plan


def _write(changes: Any, plan: Plan) -> None:
    changes.create_many([row.item for row in plan.rows if row.outcome is Outcome.NEW])
    for row in plan.changed:
        changes.save(row.item, expected_version=row.version)
