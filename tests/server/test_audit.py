"""The audit chain shows what was taken out, put in or changed."""

from uuid import UUID

import pytest
from sqlalchemy import text

from app.core.errors import EnvironmentFault, Reason
from app.server import audit
from tests.server.inbox import BareDesk, edit
from tests.servers import Server

TAMPERING = {
    "update audit_log set actor = 'somebody' where n = 2": 2,
    "update audit_log set state = 'refused' where n = 3": 3,
    "update audit_log set at = at + interval '1 second' where n = 1": 1,
    "update audit_log set payload_hash = sha256('x') where n = 2": 2,
    "delete from audit_log where n = 2": 2,
    "delete from audit_log where n = 4": 4,
    "update audit_log set n = 9 where n = 4": 4,
    "update audit_head set n = 9": 5,
}


@pytest.mark.parametrize("statement", TAMPERING)
def test_tampering_shows(server: Server, desk: BareDesk, project: UUID, statement: str) -> None:
    desk.send(edit(project, "", "a"), edit(project, "a", "b"), edit(project, "b", "c"))
    server.worker().apply_waiting()
    with server.admin.begin() as connection:
        assert audit.broken_link(connection) is None
        connection.execute(text(statement))
        assert audit.broken_link(connection) == TAMPERING[statement]


def test_an_empty_chain_is_whole(server: Server) -> None:
    with server.admin.connect() as connection:
        assert audit.broken_link(connection) is None
    assert audit.verify(server.superuser_dsn) == audit.Head(0, audit.ORIGIN)


def test_a_chain_that_is_whole_tells_its_end(server: Server, desk: BareDesk, project: UUID) -> None:
    desk.send(edit(project, "", "a"))
    server.worker().apply_waiting()
    head = audit.verify(server.superuser_dsn)
    with server.admin.begin() as connection:
        last = connection.execute(text("select n, hash from audit_log order by n desc limit 1"))
        assert (head.n, head.hash) == tuple(bytes(v) if v != head.n else v for v in last.one())
        connection.execute(text("update audit_log set state = 'refused' where n = 1"))
    with pytest.raises(EnvironmentFault) as fault:
        audit.verify(server.superuser_dsn)
    assert fault.value.reason == Reason("server.admin.audit_broken", {"n": 1, "last": head.n})
