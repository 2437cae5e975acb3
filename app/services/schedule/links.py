"""Logic links between tasks."""

from typing import ClassVar
from uuid import UUID

from msgspec import UNSET, UnsetType
from sqlalchemy import select

from app.core.errors import Refused
from app.core.people import PLANNING
from app.core.schedule.network import LagKind, LinkType
from app.models.schedule import TaskLink
from app.services.commands import Command, CommandPart
from app.services.fields import Fields, base_and_mine
from app.services.schedule.logic import refuse_cycle
from app.services.schedule.tasks import find_task
from app.services.schedule.values import Lag
from app.services.tx import Clash, Tx

GROUPS = {"link": ("type", "lag", "lag_kind")}


class LinkTasks(Command, frozen=True, kw_only=True):
    """Links two tasks."""

    KIND: ClassVar[str] = "schedule.link"

    link_id: UUID
    predecessor_id: UUID
    successor_id: UUID
    type: LinkType = LinkType.FS
    lag: Lag = 0
    lag_kind: LagKind = LagKind.WORKING


class LinkFields(Fields, frozen=True, kw_only=True):
    """What can be edited of a link."""

    type: LinkType | UnsetType = UNSET
    lag: Lag | UnsetType = UNSET
    lag_kind: LagKind | UnsetType = UNSET


class EditLink(Command, frozen=True, kw_only=True):
    """Changes a link's type or lag."""

    KIND: ClassVar[str] = "schedule.edit_link"

    link_id: UUID
    base: LinkFields
    values: LinkFields


class UnlinkTasks(Command, frozen=True, kw_only=True):
    """Removes a link, if it still is as the editor saw it."""

    KIND: ClassVar[str] = "schedule.unlink"

    link_id: UUID
    base: LinkFields


def link_tasks(command: LinkTasks, tx: Tx) -> None:
    """Adds the link. Refused if it closes a cycle (naming it) or is there already."""
    if command.predecessor_id == command.successor_id:
        raise Refused("schedule.linked_to_itself")
    find_task(tx, command.predecessor_id)
    find_task(tx, command.successor_id)
    same = select(TaskLink.id).where(
        TaskLink.scope_id == tx.scope_id,
        TaskLink.predecessor_id == command.predecessor_id,
        TaskLink.successor_id == command.successor_id,
        TaskLink.type == command.type,
    )
    if tx.session.scalar(same) is not None:
        raise Refused("schedule.linked_already")
    tx.add(
        TaskLink(
            id=command.link_id,
            predecessor_id=command.predecessor_id,
            successor_id=command.successor_id,
            type=command.type,
            lag=command.lag,
            lag_kind=command.lag_kind,
        )
    )
    tx.session.flush()
    refuse_cycle(tx)


def edit_link(command: EditLink, tx: Tx) -> None:
    """Merges an edit into the link."""
    link = tx.find(TaskLink, command.link_id)
    if link is None:
        raise Clash("task_link", command.link_id, (), "reconcile.row_deleted")
    base, mine = base_and_mine(command.base, command.values)
    tx.merge(link, GROUPS, base, mine)
    tx.session.flush()
    refuse_cycle(tx)


def unlink_tasks(command: UnlinkTasks, tx: Tx) -> None:
    """Removes the link. Clash if somebody changed it meanwhile; nothing to do if it is gone."""
    link = tx.find(TaskLink, command.link_id)
    if link is None:
        return
    base, _ = base_and_mine(command.base, command.base)
    changed = {name: value for name, value in base.items() if getattr(link, name) != value}
    if changed:
        raise Clash("task_link", link.id, (), "reconcile.changed_before_delete")
    tx.remove(link)


PARTS = (
    CommandPart(LinkTasks, link_tasks, PLANNING),
    CommandPart(EditLink, edit_link, PLANNING),
    CommandPart(UnlinkTasks, unlink_tasks, PLANNING),
)
