"""The port over a real server: what each call promises."""

import hashlib
import selectors
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from psycopg2.extensions import parse_dsn
from sqlalchemy import text

from app.core.ids import COMPANY_SCOPE
from app.models.engines import PostgresAddress, postgres_engine
from app.models.people import Person
from app.sync.cache_schema import synced_tables
from app.sync.postgres_port import PostgresPort
from app.sync.stored import key_of
from app.sync.wire import (
    Chunk,
    Claim,
    LinkLost,
    PushAnswer,
    PushRejected,
    Row,
    Seen,
    WireCommand,
)
from tests.sync.desks import Office

DEVICE = uuid4()


@pytest.fixture
def port(site: Office) -> Iterator[PostgresPort]:
    opened = _port(site, "anna")
    yield opened
    opened.close()
    opened.close()


def _port(site: Office, login: str) -> PostgresPort:
    dsn = parse_dsn(site.server.dsn_for(login))
    address = PostgresAddress(
        host="127.0.0.1", port=int(dsn["port"]), database=str(dsn["dbname"]), user=login
    )
    return PostgresPort(postgres_engine(address, str(dsn["password"])))


class Pushing:
    """Pushes as one desk does: each push with the token of the last."""

    def __init__(self, port: PostgresPort) -> None:
        self._port = port
        self._held: UUID | None = None

    def __call__(self, *commands: WireCommand) -> PushAnswer:
        claim = Claim(DEVICE, self._held, uuid4())
        answer = self._port.push(commands, claim)
        if answer.agreed:
            self._held = claim.coming
        return answer


def _wire(seq: int, payload: str = "{}", op_id: UUID | None = None) -> WireCommand:
    return WireCommand(
        op_id=op_id or uuid4(),
        scope_id=COMPANY_SCOPE,
        device_id=DEVICE,
        device_seq=seq,
        kind="test.kind",
        kind_version=1,
        payload=payload,
        issued_at=datetime.now(UTC),
        depends_on=None,
    )


def test_rows_behind_keys_are_asked_for_of_every_table(port: PostgresPort) -> None:
    nobody = (COMPANY_SCOPE, uuid4())
    with port.view() as view:
        (anna, *_) = view.page("person", [COMPANY_SCOPE], None, 1)
        for table in synced_tables():
            keys = [nobody, key_of(anna), (uuid4(), uuid4())]
            assert view.rows(table.name, keys) == ([anna] if table.name == "person" else [])


def test_what_has_no_answer_is_counted(site: Office, port: PostgresPort) -> None:
    Pushing(port)(_wire(1), _wire(2), _wire(3))
    assert port.unanswered({DEVICE: 2, uuid4(): 1}) == 2
    site.worker.apply_waiting()
    assert port.unanswered({DEVICE: 1}) == 0


def test_hello_tells_who_and_what(port: PostgresPort) -> None:
    hello = port.hello()
    assert hello.me == "anna"
    assert hello.scopes == {COMPANY_SCOPE: frozenset({"administrator"})}
    assert "task" in hello.readable
    assert not hello.standby
    assert hello.now.tzinfo is not None


def test_pushing_again_is_safe_and_differences_are_told(port: PostgresPort) -> None:
    first, second = _wire(1), _wire(2)
    push = Pushing(port)
    assert push(first, second).stored == {first.op_id, second.op_id}
    again = push(first, second, _wire(3))
    assert len(again.stored) == 3
    assert not again.cloned
    other = _wire(1, '{"a": 1}', first.op_id)
    assert push(other).differing == {first.op_id}
    assert port.known([first.op_id, uuid4()]) == {first.op_id: (first.device_id, 1)}


def test_tokens_tell_repeated_pushes_from_copies(port: PostgresPort, site: Office) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    one, two = _wire(1), _wire(2)
    assert port.push([one], Claim(DEVICE, None, first)).agreed
    # The answer was lost, and something was saved meanwhile: it comes with the next push.
    again = port.push([one, two], Claim(DEVICE, None, first))
    assert (again.agreed, again.cloned, set(again.stored)) == (True, False, {one.op_id})
    assert port.push([two], Claim(DEVICE, first, second)).agreed
    for claim in (Claim(DEVICE, None, first), Claim(DEVICE, first, third)):
        other = port.push([_wire(3)], claim)
        assert (other.agreed, other.cloned, other.stored) == (False, True, frozenset())
    copied = port.push([two, _wire(3)], Claim(DEVICE, first, third))
    assert (copied.cloned, set(copied.stored)) == (True, {two.op_id})
    # A server that was set back to before the device, and one that lost the last push.
    assert port.push([_wire(1)], Claim(uuid4(), first, second)).cloned
    for held, coming, known in (
        (second, third, True),
        (first, second, True),
        (first, third, False),
    ):
        assert port.hello(Seen("", Claim(DEVICE, held, coming))).device_known is known
    assert not port.hello(Seen("", Claim(uuid4(), held, coming))).device_known
    boris = _port(site, "boris")
    assert boris.hello(Seen("", Claim(DEVICE, second, third))).device_known
    assert boris.push([_wire(9)], Claim(DEVICE, second, third)).taken
    boris.close()


def test_what_was_seen_of_the_audit_log_is_known_again(site: Office, port: PostgresPort) -> None:
    assert port.hello().audit == ""
    Pushing(port)(_wire(1), _wire(2))
    site.worker.apply_waiting()
    with port.view() as view:
        audit = view.hello.audit
    assert audit.startswith("2:")
    assert port.hello(Seen(audit)).history_known
    for other in (audit.replace("2:", "1:"), audit.replace("2:", "3:"), "2:00"):
        assert not port.hello(Seen(other)).history_known


def test_a_server_without_tokens_is_spoken_to_as_before(site: Office) -> None:
    with site.server.admin.begin() as connection:
        connection.execute(text("drop function app.claim_device(uuid, uuid, uuid)"))
        connection.execute(text("drop function app.history(bigint, text, uuid, uuid, uuid)"))
    port = _port(site, "anna")
    answer = port.push([_wire(1)], Claim(DEVICE, None, uuid4()))
    assert len(answer.stored) == 1
    assert not answer.agreed
    assert port.push([_wire(1)], Claim(DEVICE, None, uuid4())).cloned
    hello = port.hello(Seen("7:00"))
    assert (hello.audit, hello.history_known, hello.device_known) == ("", True, True)
    port.close()


def test_a_taken_number_stores_nothing_of_the_batch(port: PostgresPort) -> None:
    push = Pushing(port)
    push(_wire(1))
    taken, after = _wire(1), _wire(2)
    answer = push(taken, after)
    assert answer.cloned
    assert answer.stored == frozenset()
    assert not port.known([taken.op_id, after.op_id])


def test_what_cannot_be_stored(port: PostgresPort) -> None:
    push = Pushing(port)
    late = replace(_wire(1), issued_at=datetime(9500, 1, 1, tzinfo=UTC))
    for odd in (_wire(1, "x" * 70_000), replace(_wire(1), device_seq=-1), late):
        with pytest.raises(PushRejected) as raised:
            push(odd)
        assert raised.value.for_ever
    assert push(_wire(1)).stored


def test_chunks_are_resumed(port: PostgresPort, site: Office) -> None:
    body = b"piece"
    chunk = Chunk(COMPANY_SCOPE, hashlib.sha256(body).digest(), body)
    names = [chunk.sha256, b"\x00" * 32]
    assert port.missing_chunks(names, COMPANY_SCOPE) == set(names)
    port.send_chunk(chunk)
    port.send_chunk(chunk)
    assert port.missing_chunks(names, COMPANY_SCOPE) == {names[1]}
    assert site.server is not None


def phone(row: Row) -> str:
    return str(row[list(Person.__table__.columns.keys()).index("phone")])


def test_a_view_is_one_snapshot(port: PostgresPort, site: Office) -> None:
    with port.view() as view:
        with site.server.admin.begin() as connection:
            connection.execute(text("update person set phone = '110' where login = 'anna'"))
        rows = view.page("person", [COMPANY_SCOPE], None, 10)
        before = view.snapshot
        assert {phone(row) for row in rows} == {""}
    with port.view() as view:
        keys = view.changed_keys([COMPANY_SCOPE], before)
        (row,) = view.rows("person", keys["person"])
        assert phone(row) == "110"
        assert [key_of(row)] == keys["person"]
        assert view.page("person", [COMPANY_SCOPE], (COMPANY_SCOPE, UUID(int=2**128 - 1)), 9) == []
        assert view.answers({DEVICE: 1}) == []


def test_it_hears_of_changes(port: PostgresPort, site: Office) -> None:
    assert not port.notified()
    with site.server.admin.begin() as connection:
        connection.execute(text("notify gantry_feed"))
    with selectors.DefaultSelector() as selector:
        selector.register(port.descriptor(), selectors.EVENT_READ)
        assert selector.select(30)
    assert port.notified()
    assert not port.notified()


def test_a_closed_connection_is_lost(port: PostgresPort) -> None:
    port.heartbeat()
    port.close()
    calls: tuple[Callable[[], object], ...] = (
        port.heartbeat,
        port.hello,
        port.descriptor,
        port.notified,
    )
    for call in calls:
        with pytest.raises(LinkLost):
            call()
