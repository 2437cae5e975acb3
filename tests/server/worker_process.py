"""A worker in a process of its own: `python -m tests.server.worker_process`.

Reads the DSN from standard input, writes its holder id, and works until standard input ends.
"""

import sys
import threading

from sqlalchemy import text

from app.core.people import Job
from app.server.connect import Patience
from app.server.descriptors import stop_when_input_closes
from app.server.worker import Worker
from app.services.bus import PARTS
from app.services.commands import Command, CommandPart
from app.services.tx import Tx

PATIENCE = Patience(silent=1.5, stalled=1.0)


class Nap(Command, frozen=True, kw_only=True):
    """Says that it is at work, then stays inside its transaction for a while."""

    KIND = "test.nap"


def _nap(command: Nap, tx: Tx) -> None:
    del command
    tx.session.execute(text("update project set note = 'half done'"))
    print("napping", flush=True)  # noqa: T201
    threading.Event().wait(0.7)


NAP = CommandPart(Nap, _nap, frozenset(Job))


def main() -> None:
    """Works until standard input ends."""
    dsn = sys.stdin.readline().strip()
    stop = threading.Event()
    stop_when_input_closes(stop)
    worker = Worker(dsn, parts={**PARTS, NAP.kind: NAP}, patience=PATIENCE)
    print(worker.holder, flush=True)  # noqa: T201
    worker.run(stop)
    worker.close()


if __name__ == "__main__":
    main()
