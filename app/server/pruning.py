"""Throws away what no desk needs any more: old entries of the feed, and chunks that nobody names.

Answers are kept for good: a command that is sent again years later must find its own.
"""

from collections.abc import Mapping
from contextlib import closing
from datetime import timedelta
from typing import Any, Final

from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.server.connect import worker_connection
from app.server.jobs import JobWork
from app.server.journal import Journal

KEPT: Final = timedelta(days=30)
"""How far back a desk can come and be brought forward; one that was away longer bootstraps."""

BATCH: Final = 5_000
"""So many entries in one transaction: the worker waits for no more."""

CHUNKS_A_BATCH: Final = 50
"""So many chunks in one transaction: each is up to 256 KiB in a hundred pieces of storage."""

# The lease keeps every other writer out until the transaction ends; who holds it does not matter
# here, as what is thrown away twice is thrown away.
_ENTER: Final = "select from worker_lease where partition = 0 for update"

_PRUNE: Final = "select app.prune_feed(%(kept)s, %(most)s)"

# A command that still waits may need its chunks, however old they are.
_SWEEP: Final = """
with swept as (
    delete from payload_chunk where (actor, scope_id, sha256) in (
        select actor, scope_id, sha256 from payload_chunk as old
        where received_at < now() - %(kept)s and not exists (
            select from command_inbox as waiting
            where not waiting.done and waiting.actor = old.actor
              and waiting.scope_id = old.scope_id
              and strpos(waiting.payload, encode(old.sha256, 'hex')) > 0)
        limit %(most)s)
    returning 1)
select count(*) from swept
"""


def prune(worker_dsn: str, kept: timedelta = KEPT) -> tuple[int, int]:
    """Throws away what is older than `kept`: how many entries of the feed, how many chunks.

    psycopg2.Error when the server is gone, or the worker was busy for too long.
    """
    with closing(worker_connection(worker_dsn, name="gantry-pruning")) as opened:
        entries = _all(opened, _PRUNE, {"kept": kept, "most": BATCH})
        chunks = _all(opened, _SWEEP, {"kept": kept, "most": CHUNKS_A_BATCH})
    return entries, chunks


def _all(opened: Connection, statement: str, values: Mapping[str, Any]) -> int:
    """In as many transactions as it takes; commands come between them."""
    total = 0
    while (gone := _once(opened, statement, values)) > 0:
        total += gone
    return total


def _once(opened: Connection, statement: str, values: Mapping[str, Any]) -> int:
    with opened, opened.cursor() as cursor:
        cursor.execute(_ENTER)
        cursor.execute(statement, values)
        (gone,) = cursor.fetchone() or (0,)
        return int(gone)


def pruning_work(worker_dsn: str, journal: Journal) -> JobWork:
    """The daily job."""

    def work(_payload: Mapping[str, Any]) -> None:
        entries, chunks = prune(worker_dsn)
        journal.tell("server.worker.pruned", entries=entries, chunks=chunks)

    return work
