"""One entry of a budget line: what moves, how much, for which matter and firm. Entries are never changed or removed.

Whoever erred writes an entry back: `release` for a reservation, `cancel` for a commitment, `give_back` for a payment.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from luming.budget.faults import EntryInvalid
from luming.budget.money import LARGEST
from luming.errors import Fault


class Stage(StrEnum):
    """Where money of a line stands."""

    FREE = "free"
    RESERVED = "reserved"
    COMMITTED = "committed"
    PAID = "paid"

    @property
    def label(self) -> str:
        """The office's word."""
        return {"free": "可用", "reserved": "预留", "committed": "已承诺", "paid": "已拨付"}[self.value]


class Move(StrEnum):
    """What an entry does. None stands for outside of the line."""

    APPROPRIATE = "appropriate"
    CUT = "cut"
    RESERVE = "reserve"
    RELEASE = "release"
    COMMIT = "commit"
    CANCEL = "cancel"
    PAY = "pay"
    GIVE_BACK = "give_back"
    CARRY_OUT = "carry_out"
    CARRY_IN = "carry_in"

    @property
    def label(self) -> str:
        """The office's word."""
        return _LABELS[self]

    @property
    def way(self) -> tuple[Stage | None, Stage | None]:
        """From where to where the money goes; of carrying over, the stage is the entry's own."""
        return _WAYS[self]

    @property
    def of_matter(self) -> bool:
        """Whether the move is about one matter."""
        return self in _OF_MATTER


_LABELS = {
    Move.APPROPRIATE: "下达预算",
    Move.CUT: "调减预算",
    Move.RESERVE: "预留",
    Move.RELEASE: "释放预留",
    Move.COMMIT: "承诺",
    Move.CANCEL: "撤销承诺",
    Move.PAY: "拨付",
    Move.GIVE_BACK: "追回",
    Move.CARRY_OUT: "结转下年",
    Move.CARRY_IN: "上年结转",
}
_WAYS: dict[Move, tuple[Stage | None, Stage | None]] = {
    Move.APPROPRIATE: (None, Stage.FREE),
    Move.CUT: (Stage.FREE, None),
    Move.RESERVE: (Stage.FREE, Stage.RESERVED),
    Move.RELEASE: (Stage.RESERVED, Stage.FREE),
    Move.COMMIT: (Stage.RESERVED, Stage.COMMITTED),
    Move.CANCEL: (Stage.COMMITTED, Stage.FREE),
    Move.PAY: (Stage.COMMITTED, Stage.PAID),
    Move.GIVE_BACK: (Stage.PAID, Stage.FREE),
    Move.CARRY_OUT: (Stage.FREE, None),
    Move.CARRY_IN: (None, Stage.FREE),
}
_OF_MATTER = frozenset({Move.RESERVE, Move.RELEASE, Move.COMMIT, Move.CANCEL, Move.PAY, Move.GIVE_BACK})
_CARRYING = frozenset({Move.CARRY_OUT, Move.CARRY_IN})


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    Attributes:
        key: names the entry once for all; the same entry sent twice is booked once.
        amount: in fen, above zero; the move says the direction.
        matter: what is paid once (a certificate, a project). An instalment, or the difference to a higher award, is a
            matter of its own and its key says so.
        payee: whom the matter pays, by credit code or register key.
        stage: for carrying over, where the money stood: free without a matter, reserved or committed with one.
    """

    key: str
    move: Move
    amount: int
    matter: str = ""
    payee: str = ""
    stage: Stage = Stage.FREE

    @property
    def way(self) -> tuple[Stage | None, Stage | None]:
        """From where to where."""
        if self.move is Move.CARRY_OUT:
            return self.stage, None
        if self.move is Move.CARRY_IN:
            return None, self.stage
        return self.move.way


def check_entry(entry: Entry) -> None:
    """Refuse an entry that means nothing on any ledger.

    Raises:
        EntryInvalid: with all faults.
    """
    where = f"{entry.move.label}“{entry.key}”"
    faults = []
    if not entry.key.strip():
        faults.append(Fault("budget.no_key", entry.move.label, "没有编号", "每笔账一个编号"))
    if type(entry.amount) is not int or not 0 < entry.amount <= LARGEST:
        faults.append(Fault("budget.amount", where, f"金额{entry.amount}分", "大于零的整数分"))
    carried = entry.move in _CARRYING and entry.stage is not Stage.FREE
    needs_matter = entry.move.of_matter or carried
    if needs_matter and not (entry.matter.strip() and entry.payee.strip()):
        faults.append(Fault("budget.no_matter", where, "没有写明事项或收款人", "事项和收款人都有"))
    if not needs_matter and (entry.matter or entry.payee):
        faults.append(
            Fault("budget.matter_not_meant", where, f"事项“{entry.matter or entry.payee}”", "不针对事项")
        )
    if entry.stage is Stage.PAID or (entry.stage is not Stage.FREE and entry.move not in _CARRYING):
        faults.append(Fault("budget.stage", where, f"状态“{entry.stage.label}”", "由动作决定的状态"))
    if faults:
        raise EntryInvalid(faults)
