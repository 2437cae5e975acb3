"""SQL, formats and markup in every text of every command: stored as they are, and nothing else."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID

import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.ledger import LedgerEntry
from app.models.parts import SYNCED
from app.services.bus import PARTS
from app.services.commands import CommandPart
from app.services.parts import COMMAND_PARTS
from tests.models.asking import connect, rows
from tests.server.attacks.texts import HOSTILE, changed, hostile, texts_in
from tests.server.inbox import BareDesk
from tests.servers import Server, fresh_server
from tests.services.conftest import PEOPLE
from tests.services.test_parts import recorded


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with fresh_server() as made:
        for login, name, job in PEOPLE:
            made.add_person(login, name, job)
        yield made


def history() -> list[dict[str, Any]]:
    found = [one | {"kind": part.kind} for part in COMMAND_PARTS for one in recorded(part.kind)]
    return sorted(found, key=lambda one: one["step"])


def stored_texts(server: Server) -> set[str]:
    with Session(server.admin) as session:
        return {
            words
            for model in SYNCED
            for row in session.execute(select(model.__table__))
            for words in texts_in(list(row))
        }


def without_base(payload: dict[str, Any]) -> dict[str, Any]:
    """What its author saw is compared, not stored."""
    return {name: value for name, value in payload.items() if not name.startswith("base")}


def hash_of(server: Server, entry_id: str) -> str | None:
    """What stands there: an approval names it."""
    with Session(server.admin) as session:
        wanted = LedgerEntry.id == UUID(entry_id)
        return session.scalar(select(LedgerEntry.content_hash).where(wanted))


def catalogue(root: Connection) -> list[Any]:
    return rows(root, "select oid, relname from pg_class where relkind <> 't' order by 1")


def test_every_text_is_stored_as_it_is(server: Server) -> None:
    worker, tried = server.worker(), 0
    root = connect(server.superuser_dsn)
    before = catalogue(root)
    with ExitStack() as desks:
        of = {login: desks.enter_context(BareDesk(server, login)) for login, _, _ in PEOPLE}
        for step in history():
            payload = changed(PARTS[step["kind"]].command, step["payload"], hostile)
            if "content_hash" in payload:
                payload["content_hash"] = hash_of(server, payload["entry_id"])
            desk, op_id = of[step["actor"]], step["clashes_as"]
            row = desk.row(
                step["kind"],
                json.dumps(payload),
                UUID(payload["scope_id"]),
                version=step["version"],
                op_id=None if op_id is None else UUID(op_id),
            )
            desk.insert([row])
            worker.apply_waiting()
            found = desk.answer(row["op_id"])
            assert found is not None
            assert found[0] == ("conflict" if op_id else "applied"), (step, found)
            sent = {words for words in texts_in(without_base(payload)) if HOSTILE[:3] in words}
            assert sent <= stored_texts(server), step["kind"]
            tried += len(sent)
    assert tried > 20
    assert catalogue(root) == before
    root.close()


def test_most_kinds_have_a_text() -> None:
    """The walk finds the fields: a change of how types are described would make it blind."""
    touched = {
        step["kind"]
        for step in history()
        if changed(PARTS[step["kind"]].command, step["payload"], hostile) != step["payload"]
    }
    assert {"projects.create", "people.edit", "schedule.import", "schedule.edit_task"} <= touched


@pytest.mark.parametrize("part", COMMAND_PARTS, ids=lambda part: part.kind)
def test_the_envelope_is_text_too(server: Server, part: CommandPart) -> None:
    """Names of kinds and fields that nobody gave: refused in words, never a fault of ours."""
    login = PEOPLE[-1][0]
    with BareDesk(server, login) as desk:
        refused = [
            desk.send_raw(f"{part.kind}{HOSTILE}"[:80], "{}"),
            desk.send_raw(part.kind, json.dumps({HOSTILE: HOSTILE})),
            desk.send_raw(part.kind, json.dumps({"scope_id": HOSTILE})),
        ]
        server.worker().apply_waiting()
        assert [desk.answer(op_id) for op_id in refused] == [
            ("refused", "sync.kind_unknown"),
            ("refused", "sync.payload_malformed"),
            ("refused", "sync.payload_malformed"),
        ]
