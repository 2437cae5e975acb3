"""Tables between desks and the server: none is cached."""

from sqlalchemy import BigInteger

from app.models.base import Base
from app.models.protocol import SERVER, Xid8


def test_no_desk_caches_them() -> None:
    assert not set(SERVER.tables) & set(Base.metadata.tables)
    assert {"command_inbox", "command_result", "change_feed", "payload_chunk"} <= set(SERVER.tables)


def test_every_table_has_a_key_and_every_constraint_a_name() -> None:
    for table in SERVER.tables.values():
        assert list(table.primary_key), table.name
        assert all(constraint.name for constraint in table.constraints), table.name


def test_a_command_is_known_by_its_id_and_by_its_place_in_the_desks_order() -> None:
    inbox = SERVER.tables["command_inbox"]
    assert [column.name for column in inbox.primary_key] == ["op_id"]
    unique = {
        frozenset(column.name for column in one.columns)  # type: ignore[attr-defined]
        for one in inbox.constraints
        if one.__visit_name__ == "unique_constraint"
    }
    assert frozenset({"actor", "device_id", "device_seq"}) in unique
    assert isinstance(inbox.columns["received_no"].type, BigInteger)


def test_transaction_ids_have_64_bits() -> None:
    assert Xid8().get_col_spec() == "xid8"
