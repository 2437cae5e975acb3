"""Items and locations: what is kept, and where."""

from typing import Annotated, ClassVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import select

from app.core.errors import Refused
from app.core.people import Job
from app.models.stock import StockItem, StockLocation
from app.services.commands import Command, CommandPart
from app.services.fields import Fields, Name, Note, base_and_mine
from app.services.tx import Tx

STOREKEEPING = frozenset({Job.ADMINISTRATOR, Job.PROJECT_MANAGER, Job.STOREKEEPER})

ITEM_GROUPS = {
    "identity": ("code", "name"),
    "measure": ("unit", "spec"),
    "note": ("note",),
}
LOCATION_GROUPS = {"identity": ("code", "name")}

StockCode = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Unit = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]
Spec = Annotated[str, msgspec.Meta(max_length=200)]


class AddItem(Command, frozen=True, kw_only=True):
    """Adds an item to the project's stock."""

    KIND: ClassVar[str] = "stock.add_item"

    item_id: UUID
    code: StockCode
    name: Name
    unit: Unit
    spec: Spec = ""
    note: Note = ""


class ItemFields(Fields, frozen=True, kw_only=True):
    """What can be edited of an item."""

    code: StockCode | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    unit: Unit | UnsetType = UNSET
    spec: Spec | UnsetType = UNSET
    note: Note | UnsetType = UNSET


class EditItem(Command, frozen=True, kw_only=True):
    """Changes facts of an item; `base` holds what the editor saw."""

    KIND: ClassVar[str] = "stock.edit_item"

    item_id: UUID
    base: ItemFields
    values: ItemFields


class AddLocation(Command, frozen=True, kw_only=True):
    """Adds a place where items lie."""

    KIND: ClassVar[str] = "stock.add_location"

    location_id: UUID
    code: StockCode
    name: Name


class LocationFields(Fields, frozen=True, kw_only=True):
    """What can be edited of a location."""

    code: StockCode | UnsetType = UNSET
    name: Name | UnsetType = UNSET


class EditLocation(Command, frozen=True, kw_only=True):
    """Changes facts of a location; `base` holds what the editor saw."""

    KIND: ClassVar[str] = "stock.edit_location"

    location_id: UUID
    base: LocationFields
    values: LocationFields


def _refuse_taken(tx: Tx, model: type[StockItem | StockLocation], code: str, own: UUID) -> None:
    taken = select(model.name).where(
        model.scope_id == tx.scope_id, model.code == code, model.id != own
    )
    name = tx.session.scalar(taken)
    if name is not None:
        raise Refused("stock.code_taken", code=code, name=name)


def add_item(command: AddItem, tx: Tx) -> None:
    """Adds the item. Refused if its code is taken in the project."""
    _refuse_taken(tx, StockItem, command.code, command.item_id)
    if tx.find(StockItem, command.item_id) is not None:
        raise Refused("stock.exists")
    tx.add(
        StockItem(
            id=command.item_id,
            code=command.code,
            name=command.name,
            unit=command.unit,
            spec=command.spec,
            note=command.note,
        )
    )


def edit_item(command: EditItem, tx: Tx) -> None:
    """Merges an edit into the item."""
    item = tx.find(StockItem, command.item_id)
    if item is None:
        raise Refused("stock.item_gone")
    base, mine = base_and_mine(command.base, command.values)
    if command.values.code is not UNSET:
        _refuse_taken(tx, StockItem, command.values.code, item.id)
    tx.merge(item, ITEM_GROUPS, base, mine)


def add_location(command: AddLocation, tx: Tx) -> None:
    """Adds the location. Refused if its code is taken in the project."""
    _refuse_taken(tx, StockLocation, command.code, command.location_id)
    if tx.find(StockLocation, command.location_id) is not None:
        raise Refused("stock.exists")
    tx.add(StockLocation(id=command.location_id, code=command.code, name=command.name))


def edit_location(command: EditLocation, tx: Tx) -> None:
    """Merges an edit into the location."""
    location = tx.find(StockLocation, command.location_id)
    if location is None:
        raise Refused("stock.location_gone")
    base, mine = base_and_mine(command.base, command.values)
    if command.values.code is not UNSET:
        _refuse_taken(tx, StockLocation, command.values.code, location.id)
    tx.merge(location, LOCATION_GROUPS, base, mine)


PARTS = (
    CommandPart(AddItem, add_item, STOREKEEPING),
    CommandPart(EditItem, edit_item, STOREKEEPING),
    CommandPart(AddLocation, add_location, STOREKEEPING),
    CommandPart(EditLocation, edit_location, STOREKEEPING),
)
