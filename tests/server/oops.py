"""Commands that go wrong, and a worker that knows them."""

from uuid import uuid4

from sqlalchemy import text

from app.core.people import Job
from app.models.people import Person
from app.server.worker import Worker
from app.services.bus import PARTS
from app.services.commands import Command, CommandPart
from app.services.tx import Tx
from tests.servers import Server


class Oops(Command, frozen=True, kw_only=True):
    """A command whose handler does what `how` says."""

    KIND = "test.oops"

    how: str = "bug"


class Bulk(Command, frozen=True, kw_only=True):
    """A command that travels alone."""

    KIND = "test.bulk"


def _oops(command: Oops, tx: Tx) -> None:
    if command.how == "bug":
        raise ZeroDivisionError("our fault")
    if command.how == "sql":
        tx.session.execute(text("select 1 / 0"))
    if command.how == "flush":
        tx.add(Person(id=uuid4(), login="x" * 200, display_name="", phone="", active=True))
    if command.how == "deferred":
        tx.session.execute(
            text(
                "insert into calendar_day values (:scope, :id, :id, '2026-01-01', '[]', '', false,"
                " 1, now(), '', now(), '')"
            ),
            {"scope": tx.scope_id, "id": uuid4()},
        )
    if command.how == "crash":
        tx.session.execute(text("select pg_terminate_backend(pg_backend_pid())"))


OOPS = CommandPart(Oops, _oops, frozenset(Job))
BULK = CommandPart(Bulk, lambda _command, _tx: None, frozenset(Job), bulk=True)


def oops_worker(server: Server) -> Worker:
    return Worker(server.worker_dsn, parts={**PARTS, OOPS.kind: OOPS, BULK.kind: BULK})
