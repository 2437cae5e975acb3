"""Looks over the worker's shoulder: no accepted edit overwrites what its author had not seen."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.models.projects import Project
from app.models.schedule import Task
from app.models.stock import StockItem
from app.services.bus import PARTS
from app.services.commands import CommandPart
from app.services.fields import given
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


def watched_parts(world: "World") -> dict[str, CommandPart]:
    """All parts; those that edit fields with their handler watched."""
    return {
        kind: replace(part, handler=_watched(world, part)) if kind in _EDITED else part
        for kind, part in PARTS.items()
    }


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
