"""The audit chain shows what was taken out, put in or changed."""

from uuid import UUID

import pytest
from sqlalchemy import text

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
