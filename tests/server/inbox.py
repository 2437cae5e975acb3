"""A desk without a cache: puts commands into the inbox as a person and reads the answers."""

import hashlib
import json
import time
import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Protocol
from uuid import UUID, uuid4

from psycopg2.extras import execute_values, register_uuid

from app.core.ids import COMPANY_SCOPE
from app.core.projects import ProjectKind
from app.server.connect import administrator_connection
from app.services.commands import Command, encode
from app.services.projects import CreateProject, EditProject, ProjectFields

CHUNK = 256 * 1024
_PATIENCE_SECONDS = 60


class Reachable(Protocol):
    """A server that people can log in to."""

    def dsn_for(self, login: str, /) -> str:
        """The libpq connection string of a person."""


class BareDesk:
    """One device of one person; `send` numbers the commands."""

    def __init__(self, server: Reachable, login: str) -> None:
        self.login = login
        self.device_id = uuid4()
        self.seq = 0
        self.opened = administrator_connection(server.dsn_for(login))
        register_uuid(conn_or_curs=self.opened)  # type: ignore[no-untyped-call]

    def send(self, *commands: Command, depends_on: UUID | None = None) -> list[UUID]:
        """Puts commands into the inbox in one statement; their op_ids."""
        rows = [
            self.row(command.KIND, encode(command), command.scope_id, depends_on=depends_on)
            for command in commands
        ]
        return self.insert(rows)

    def row(
        self,
        kind: str,
        payload: str,
        scope_id: UUID = COMPANY_SCOPE,
        *,
        version: int = 1,
        depends_on: UUID | None = None,
        op_id: UUID | None = None,
        seq: int | None = None,
    ) -> dict[str, Any]:
        """A row for the inbox, with the next number of the device."""
        if seq is None:
            self.seq += 1
        return {
            "op_id": op_id or uuid4(),
            "scope_id": scope_id,
            "actor": self.login,
            "device_id": self.device_id,
            "device_seq": self.seq if seq is None else seq,
            "depends_on": depends_on,
            "kind": kind,
            "kind_version": version,
            "payload": payload,
            "issued_at": datetime.now(UTC),
        }

    def insert(self, rows: Sequence[dict[str, Any]]) -> list[UUID]:
        """Inserts rows as a push does; the op_ids that were stored."""
        names = ", ".join(rows[0])
        with self.opened.cursor() as cursor:
            stored = execute_values(
                cursor,
                f"insert into command_inbox ({names}) values %s"
                " on conflict do nothing returning op_id",
                [tuple(row.values()) for row in rows],
                page_size=500,
                fetch=True,
            )
        return [row[0] for row in stored]

    def send_raw(self, kind: str, payload: str, scope_id: UUID = COMPANY_SCOPE) -> UUID:
        """One command of any content."""
        return self.insert([self.row(kind, payload, scope_id)])[0]

    def send_chunked(
        self, kind: str, payload: str, scope_id: UUID, *, lie: dict[str, Any] | None = None
    ) -> UUID:
        """One command whose payload travels ahead; `lie` changes what the command says of it."""
        body = payload.encode()
        packed = zlib.compress(body)
        pieces = [packed[start : start + CHUNK] for start in range(0, len(packed), CHUNK)]
        with self.opened.cursor() as cursor:
            for piece in pieces:
                cursor.execute(
                    "insert into payload_chunk (scope_id, sha256, actor, body)"
                    " values (%s, sha256(%s), %s, %s) on conflict do nothing",
                    (scope_id, piece, self.login, piece),
                )
        contents = {
            "sha256": hashlib.sha256(body).hexdigest(),
            "size": len(body),
            "chunks": [hashlib.sha256(piece).hexdigest() for piece in pieces],
        } | (lie or {})
        wire = json.dumps({"chunked": contents}, separators=(",", ":"))
        return self.send_raw(kind, wire, scope_id)

    def answer(self, op_id: UUID) -> tuple[str, str | None] | None:
        """State and reason id of an answer."""
        with self.opened.cursor() as cursor:
            cursor.execute("select state, reason_id from command_result where op_id = %s", (op_id,))
            found = cursor.fetchone()
        return None if found is None else (found[0], found[1])

    def await_answer(self, op_id: UUID) -> None:
        """Waits until a command is decided; AssertionError when no worker seems to be there."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self.answer(op_id) is None:
            assert time.monotonic() < deadline, "nobody decides"
            time.sleep(0.005)

    def answers(self, op_ids: Sequence[UUID]) -> list[str | None]:
        """The states of several answers."""
        found = [self.answer(op_id) for op_id in op_ids]
        return [None if one is None else one[0] for one in found]

    def rows(self, query: str, *parameters: Any) -> list[Any]:
        """What a query shows to this person."""
        with self.opened.cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall()

    def __enter__(self) -> "BareDesk":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.opened.close()


def found_project(project: UUID, code: str = "P-1", **fields: Any) -> CreateProject:
    """A command that founds a project."""
    return CreateProject(
        scope_id=project,
        member_id=uuid4(),
        code=code,
        name=fields.pop("name", "滨江花园二期"),
        kind=ProjectKind.RESIDENTIAL,
        planned_start=date(2026, 3, 1),
        **fields,
    )


def edit(project: UUID, base: str, region: str) -> EditProject:
    """A command that changes the region of a project from `base`."""
    return EditProject(
        scope_id=project, base=ProjectFields(region=base), values=ProjectFields(region=region)
    )
