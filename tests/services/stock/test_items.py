"""Items and locations: codes are taken once, edits merge by groups."""

import pytest

from app.core.errors import Refused
from app.services.stock.items import (
    AddItem,
    AddLocation,
    EditItem,
    EditLocation,
    ItemFields,
    LocationFields,
)
from app.services.stock.queries import list_items, list_locations
from app.services.tx import Clash
from tests.services.office import new_id
from tests.services.stock.store_room import StoreRoom


def _edit(room: StoreRoom, base: dict[str, str], values: dict[str, str]) -> EditItem:
    return EditItem(
        scope_id=room.project,
        item_id=room.item,
        base=ItemFields(**base),
        values=ItemFields(**values),
    )


def test_edits_of_different_groups_merge_and_of_the_same_clash(room: StoreRoom) -> None:
    room.do(_edit(room, {"note": ""}, {"note": "防潮"}))
    room.do(_edit(room, {"unit": "t", "spec": ""}, {"spec": "P.O 42.5"}))
    with room.office.read() as session:
        (item,) = list_items(session, room.project)
    assert (item.note, item.unit, item.spec) == ("防潮", "t", "P.O 42.5")
    with pytest.raises(Clash):
        room.do(_edit(room, {"note": ""}, {"note": "另一句"}))


def test_a_code_is_taken_once_in_a_project(room: StoreRoom) -> None:
    other = AddItem(scope_id=room.project, item_id=new_id(), code="C", name="砂", unit="m³")
    with pytest.raises(Refused) as caught:
        room.do(other)
    assert caught.value.reason.parameters == {"code": "C", "name": "水泥"}
    place = AddLocation(scope_id=room.project, location_id=new_id(), code="A", name="重复")
    with pytest.raises(Refused, match="code_taken"):
        room.do(place)
    again = AddItem(scope_id=room.project, item_id=room.item, code="C2", name="砂", unit="m³")
    with pytest.raises(Refused, match=r"stock\.exists"):
        room.do(again)


def test_a_location_is_renamed(room: StoreRoom) -> None:
    edit = EditLocation(
        scope_id=room.project,
        location_id=room.yard,
        base=LocationFields(name="A"),
        values=LocationFields(name="东料场"),
    )
    room.do(edit)
    with room.office.read() as session:
        names = [place.name for place in list_locations(session, room.project)]
    assert names == ["东料场", "B"]


def test_what_is_gone_is_not_edited(room: StoreRoom) -> None:
    room.item = new_id()
    with pytest.raises(Refused, match="item_gone"):
        room.do(_edit(room, {"note": ""}, {"note": "x"}))
    lost = EditLocation(
        scope_id=room.project,
        location_id=new_id(),
        base=LocationFields(name="A"),
        values=LocationFields(name="B"),
    )
    with pytest.raises(Refused, match="location_gone"):
        room.do(lost)
