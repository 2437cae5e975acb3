"""What the desks asked for, and what they were told."""

import threading
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class Asked:
    """A command that was given to a desk.

    `op_id` once the desk said that it is saved; `fault` once it said that it is not. Neither: the
    process was killed first, and both may be true.
    """

    desk: str
    login: str
    kind: str
    payload: dict[str, Any]
    op_id: str | None = None
    fault: str | None = None


MARKS = {
    "projects.create": ("scope_id",),
    "projects.edit": ("values", "note"),
    "schedule.set_up": ("calendar_id",),
    "schedule.add_task": ("task_id",),
    "schedule.edit_task": ("values", "note"),
    "people.add": ("person_id",),
    "stock.add_item": ("item_id",),
    "stock.add_location": ("location_id",),
    "stock.receive": ("document",),
    "stock.issue": ("move_id",),
    "stock.transfer": ("out_id",),
    "stock.count": ("move_id",),
    "stock.reverse": ("reversal_id",),
    "ledger.draft": ("entry_id",),
    "ledger.edit": ("values", "summary"),
    "ledger.submit": ("entry_id",),
    "ledger.approve": ("entry_id",),
    "ledger.post": ("entry_id",),
    "ledger.reverse": ("reversal_id",),
}
"""Where each kind of command carries a text that no other command carries, or few do."""


def mark_of(kind: str, payload: dict[str, Any]) -> tuple[str, str]:
    """What a command is known by. KeyError if no desk issues such commands."""
    found: Any = payload
    for name in MARKS[kind]:
        found = found[name]
    return kind, str(found)


class Ledger:
    """Everything that was asked for. Any thread may write."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._asked: list[Asked] = []

    def ask(self, asked: Asked) -> Asked:
        """Written down before the desk hears of it."""
        with self._guard:
            self._asked.append(asked)
        return asked

    def all(self) -> list[Asked]:
        """All of it, in order."""
        with self._guard:
            return list(self._asked)

    def acknowledged(self) -> list[Asked]:
        """What a desk said to be saved."""
        return [one for one in self.all() if one.op_id is not None]
