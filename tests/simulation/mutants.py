"""Planted bugs: each takes one thing away that the promise rests on, and a seed must catch it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from app.core.errors import Reason
from app.core.ledger import EntryState
from app.core.merge import Merge
from app.core.stock import Level
from app.models.ledger import LedgerEntry
from app.server import apply, audit, group, lease, waiting
from app.server.apply import Outcome
from app.services import tx
from app.services.changes import Changes
from app.services.ledger import entries, numbers, posting
from app.services.stock import moves
from app.sync import pull, push, rebase, replay, staging
from app.sync.outbox import Outbox
from app.sync.push import Push
from app.sync.wire import PushAnswer
from tests.simulation import view
from tests.simulation.statements import SQLITE

Mutant = Callable[[], AbstractContextManager[Any]]


def _sql(statement: str, *mutated: str) -> AbstractContextManager[Any]:
    return patch.dict(SQLITE, {statement: mutated})


def _last_writer_wins() -> AbstractContextManager[Any]:
    """An edit is written whatever stands there by now."""
    return patch.object(tx, "merge", lambda _groups, _base, mine, _theirs: Merge(dict(mine), ()))


def _cache_before_outbox() -> AbstractContextManager[Any]:
    """A person is told "saved" when only the cache holds the edit."""
    real = Outbox.save

    def save(self: Outbox, *arguments: Any, **named: Any) -> None:
        if self.device_id().int % 3:
            real(self, *arguments, **named)

    return patch.object(Outbox, "save", save)


def _acknowledged_before_sent() -> AbstractContextManager[Any]:
    """A command counts as stored before the server said so."""
    real = Push._send

    def send(self: Push, port: Any, batch: Any) -> Any:
        self._outbox.mark_stored([one.op_id for one in batch], self._clock.now())
        return real(self, port, batch)

    return patch.object(Push, "_send", send)


def _settled_by_acknowledgement() -> AbstractContextManager[Any]:
    """A command is taken out of the pending ones when it is stored, before its effect is here."""

    def left(self: Any, scopes: Any, done: Any) -> Any:
        return [
            found
            for found in self._outbox.open_commands()
            if found.scope_id in scopes
            and found.op_id not in done
            and not found.online
            and found.state == "saved"
        ]

    return patch.object(rebase.Rebase, "_left", left)


def _nothing_undone() -> AbstractContextManager[Any]:
    """Server rows are laid over pending edits without taking those out first."""
    return patch.object(rebase, "undo", lambda _connection, _scopes: Changes())


def _late_commits_unseen() -> AbstractContextManager[Any]:
    """A cursor takes a transaction that was still under way for one that it has seen."""
    return patch.object(view, "visible", lambda xid, snapshot: xid < int(snapshot.split(":")[1]))


def _cursor_ahead_of_rows() -> AbstractContextManager[Any]:
    """The cursor moves although the rows of one table were not fetched."""
    real = staging.stage_changes

    def stage(connection: Any, table: str, keys: Any, rows: Any) -> None:
        if table != "task_link":
            real(connection, table, keys, rows)

    return patch.object(pull, "stage_changes", stage)


def _deletes_forgotten() -> AbstractContextManager[Any]:
    """A key without a row behind it is not taken for a deletion."""
    real = staging.stage_changes

    def stage(connection: Any, table: str, keys: Any, rows: Any) -> None:
        there = {row[:2] for row in rows}
        left = [key for key in keys if (key[0].hex, key[1].hex) in there]
        real(connection, table, left, rows)

    return patch.object(pull, "stage_changes", stage)


def _no_lease() -> AbstractContextManager[Any]:
    """A server process writes although another holds the lease."""

    def enter(self: lease.Lease, connection: Any) -> Any:
        _, epoch, _, now = connection.exec_driver_sql(lease._STATE, (self._silent,)).one()
        if self.epoch is None:
            connection.exec_driver_sql(lease._TAKE, (self.holder, epoch + 1))
            self.epoch = epoch + 1
        return now

    return patch.object(lease.Lease, "enter", enter)


def _applied_again() -> AbstractContextManager[Any]:
    """What was decided is looked at again."""
    load = SQLITE[waiting._LOAD][0].replace("and not done", "")
    ready = SQLITE[waiting._READY][0].replace("NOT done AND device_seq > last_seq", "true")
    ready = ready.replace("device_seq = last_seq + place", "true")
    return patch.dict(SQLITE, {waiting._LOAD: (load,), waiting._READY: (ready,)})


def _one_blocks_all() -> AbstractContextManager[Any]:
    """After a refusal, whatever comes from the same device is blocked."""
    real = group._outcome

    def outcome(
        session: Any, command: Any, parts: Any, journal: Any, found: Any, *left: Any
    ) -> Any:
        earlier = [one for asked, one in found.outcomes if asked.device_id == command.device_id]
        if any(one.state == "refused" for one in earlier):
            return Outcome("blocked", Reason("server.worker.blocked"))
        return real(session, command, parts, journal, found, *left)

    return patch.object(group, "_outcome", outcome)


def _audit_head_stays() -> AbstractContextManager[Any]:
    """The head of the audit chain is not moved."""
    return _sql(audit._MOVE_HEAD, "SELECT ?, ?")


def _clash_dropped() -> AbstractContextManager[Any]:
    """A clash is answered, but nobody finds it in the inbox."""
    return patch.object(apply, "_add_conflict", lambda *_: Changes())


def _doubtful_forgotten() -> AbstractContextManager[Any]:
    """A command that the desk itself refuses during a rebase is not sent any more."""
    real = replay.Replay.run

    def run(self: Any, pending: Any) -> Any:
        changes, doubt = real(self, pending)
        if doubt is not None:
            _forget(pending)
        return changes, doubt

    return patch.object(replay.Replay, "run", run)


def _forget(pending: Any) -> None:
    for opened in _OUTBOXES:
        with opened.transaction() as db:
            db.execute("DELETE FROM command WHERE op_id = ?", (str(pending.op_id),))


_OUTBOXES: list[Outbox] = []


@contextmanager
def _known_outboxes() -> Iterator[None]:
    real = Outbox.__init__

    def init(self: Outbox, *arguments: Any, **named: Any) -> None:
        real(self, *arguments, **named)
        _OUTBOXES.append(self)

    with patch.object(Outbox, "__init__", init):
        yield
    _OUTBOXES.clear()


def _clone_unnoticed() -> AbstractContextManager[Any]:
    """A number used by another desk of the same device counts as stored."""
    real = push.Push._send

    def send(self: Push, port: Any, batch: Any) -> Any:
        answer = real(self, port, batch)
        if answer is not None and answer.cloned:
            self._outbox.mark_stored([one.op_id for one in batch], self._clock.now())
            return PushAnswer(frozenset(one.op_id for one in batch))
        return answer

    return patch.object(push.Push, "_send", send)


def _rights_unnoticed() -> AbstractContextManager[Any]:
    """A scope that was lost stays in the cache."""
    return patch.object(rebase, "_remove_scopes", lambda _connection, _name, _scopes: Changes())


def _short_forgotten() -> AbstractContextManager[Any]:
    """What was taken though it was not there leaves no trace but an empty shelf."""
    real = Level.after
    return patch.object(
        Level, "after", lambda self, moved: Level(real(self, moved).on_hand, Decimal(0))
    )


def _stock_as_seen() -> AbstractContextManager[Any]:
    """A balance is written as the desk saw it and not as it follows from what stands there."""
    seen: dict[Any, Any] = {}
    real = moves._balance

    def balance(tx_: Any, item_id: Any, location_id: Any) -> Any:
        found = real(tx_, item_id, location_id)
        on_hand = seen.setdefault(tx_.op_id, found.on_hand)
        found.on_hand = on_hand
        return found

    return patch.object(moves, "_balance", balance)


def _approved_unseen() -> AbstractContextManager[Any]:
    """An approval counts whatever became of the entry since its judge saw it."""

    def seen(tx_: Any, entry_id: Any, _expected: Any, _hash: Any) -> Any:
        return tx_.find(LedgerEntry, entry_id)

    return _both(
        patch.object(posting, "entry_as_seen", seen), patch.object(entries, "entry_as_seen", seen)
    )


def _posted_is_edited() -> AbstractContextManager[Any]:
    """What is posted can still be edited."""
    return patch.object(entries, "WRITABLE", frozenset(EntryState))


def _number_left_out() -> AbstractContextManager[Any]:
    """A number is counted that no entry bears."""
    real = numbers._last
    return patch.object(numbers, "_last", lambda tx_, year: real(tx_, year) + 1)


def _both(*contexts: AbstractContextManager[Any]) -> AbstractContextManager[Any]:
    stack = ExitStack()
    for context in contexts:
        stack.enter_context(context)
    return stack


MUTANTS: Mapping[str, Mutant] = {
    "last_writer_wins": _last_writer_wins,
    "cache_before_outbox": _cache_before_outbox,
    "acknowledged_before_sent": _acknowledged_before_sent,
    "settled_by_acknowledgement": _settled_by_acknowledgement,
    "nothing_undone": _nothing_undone,
    "late_commits_unseen": _late_commits_unseen,
    "cursor_ahead_of_rows": _cursor_ahead_of_rows,
    "deletes_forgotten": _deletes_forgotten,
    "no_lease": _no_lease,
    "applied_again": _applied_again,
    "one_blocks_all": _one_blocks_all,
    "audit_head_stays": _audit_head_stays,
    "clash_dropped": _clash_dropped,
    "doubtful_forgotten": lambda: _both(_known_outboxes(), _doubtful_forgotten()),
    "clone_unnoticed": _clone_unnoticed,
    "rights_unnoticed": _rights_unnoticed,
    "short_forgotten": _short_forgotten,
    "stock_as_seen": _stock_as_seen,
    "approved_unseen": _approved_unseen,
    "posted_is_edited": _posted_is_edited,
    "number_left_out": _number_left_out,
}
"""By name; each makes a context in which the program has the bug."""
