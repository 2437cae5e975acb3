"""Looks over the worker's shoulder: no accepted edit overwrites what its author had not seen."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.models.ledger import LedgerEntry
from app.models.projects import Project
from app.models.schedule import Task
from app.models.stock import StockItem
from app.services.bus import PARTS
from app.services.commands import CommandPart
from app.services.fields import given
from app.services.ledger.entries import ReturnEntry, SubmitEntry
from app.services.ledger.posting import ApproveEntry, PostEntry, ReverseEntry
from app.services.projects import EditProject
from app.services.schedule.tasks import EditTask
from app.services.stock.items import EditItem
from app.services.tx import Tx

if TYPE_CHECKING:
    from tests.simulation.world import World

_EDITED: Mapping[str, tuple[Any, str]] = {
    EditProject.KIND: (Project, "scope_id"),
    EditTask.KIND: (Task, "task_id"),
    EditItem.KIND: (StockItem, "item_id"),
}
_JUDGED = frozenset(
    {SubmitEntry.KIND, ReturnEntry.KIND, ApproveEntry.KIND, PostEntry.KIND, ReverseEntry.KIND}
)


def watched_parts(world: "World") -> dict[str, CommandPart]:
    """All parts; those that edit fields with their handler watched."""
    return {
        kind: replace(part, handler=_watched(world, part))
        if kind in _EDITED
        else replace(part, handler=_expecting(world, part))
        if kind in _JUDGED
        else part
        for kind, part in PARTS.items()
    }


def _expecting(world: "World", part: CommandPart) -> Any:
    """12: nothing is judged but in the state, and with the content, that its judge saw."""

    def handler(command: Any, tx: Tx) -> None:
        row = tx.session.get(LedgerEntry, (command.scope_id, command.entry_id))
        before = None if row is None else (row.state, row.content_hash)
        part.handler(command, tx)
        if before != (command.expected, getattr(command, "content_hash", before and before[1])):
            world.fail("transition", f"{part.kind}: {before} was not {command.expected}")

    return handler


def _watched(world: "World", part: CommandPart) -> Any:
    model, key = _EDITED[part.kind]

    def handler(command: Any, tx: Tx) -> None:
        row = tx.session.get(model, (command.scope_id, getattr(command, key)))
        before = {} if row is None else {name: getattr(row, name) for name in given(command.values)}
        part.handler(command, tx)
        seen = given(command.base)
        for name, mine in given(command.values).items():
            if before.get(name) not in (seen.get(name), mine):
                world.fail(
                    "overwritten", f"{part.kind} {name}: {before.get(name)!r} {seen.get(name)!r}"
                )

    return handler
