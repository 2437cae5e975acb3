"""Puts server rows under the pending edits: undo, apply, replay, in one transaction."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from typing import Final
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.core.errors import Reason
from app.services.changes import Changes, changes_of
from app.sync.ahead import RunAhead, lay, lift, merge
from app.sync.cache import Cache
from app.sync.cache_schema import columns_of, synced_tables
from app.sync.cache_state import (
    AUDIT,
    fact,
    forget_scopes,
    forget_settled,
    mark_purged,
    move_cursors,
    read_state,
    scopes_shown,
    settle,
    settled_among,
    settled_ids,
    show_all,
    shown,
    write_fact,
)
from app.sync.gate import PATIENCE, GaveWay, WriteGate
from app.sync.journal import journal_off, journal_on, undo
from app.sync.outbox import Head, Outbox, OutboxCommand
from app.sync.pull import Pulled
from app.sync.replay import Replay, all_changes, replay
from app.sync.staging import OtherCache, bootstrap_under_way
from app.sync.wire import Answer

ROWS_A_STEP: Final = 2_000
FEW: Final = 20
"""So many pending commands are replayed in the rebase itself: an edit may wait for them."""

_COLUMNS: Final = {table.name: columns_of(table) for table in synced_tables()}
_ROUNDS: Final = 5
_NEARLY: Final = 5
_COURTESY: Final = 40


class Rebase:
    """Applies what was pulled. One for each desk; called by the link alone."""

    def __init__(self, cache: Cache, outbox: Outbox, gate: WriteGate, actor: str) -> None:
        self._cache = cache
        self._outbox = outbox
        self._gate = gate
        self._actor = actor
        self._patience = PATIENCE

    def apply(self, pulled: Pulled) -> Changes:
        """Applies the stage and the answers. What the rows show now is told by the Changes.

        Gives way to edits up to `gate.PATIENCE` times. The answers are in the cache before they
        are in the outbox, so that no command is replayed on top of its own effect. OtherCache if
        the cache was rebuilt since.
        """
        answers = self._own_answers(pulled)
        ahead = self._run_ahead(pulled, answers)
        try:
            changes = self._trying(
                lambda between: self._apply_once(pulled, answers, ahead, between)
            )
        except IntegrityError:
            if ahead is None:
                raise
            # Found by the tables only now: one by one it is told which command breaks a rule.
            changes = self._trying(lambda between: self._apply_once(pulled, answers, None, between))
        self._outbox.settle(answers)
        return changes

    def catch_up(self) -> Changes:
        """Replays what is saved but not shown: after a crash, an upgrade, or a full disk."""
        with self._cache.read() as session:
            connection = session.connection()
            known = shown(connection).keys() | settled_ids(connection)
        missing = [found for found in self._outbox.open_commands() if found.op_id not in known]
        if not missing:
            return Changes()
        return self._trying(lambda between: self._replay_missing(between))

    def _trying(self, work: Callable[[Callable[[], None]], Changes]) -> Changes:
        for _ in range(self._patience):
            try:
                with self._gate.rebase():
                    return work(self._gate.give_way)
            except GaveWay:
                self._gate.wait_for_quiet()
        with self._gate.rebase():
            return work(lambda: None)

    def _own_answers(self, pulled: Pulled) -> list[Answer]:
        mine = self._outbox.open_ids()
        return [answer for answer in pulled.answers if answer.op_id in mine]

    def _replay_missing(self, between: Callable[[], None]) -> Changes:
        with self._cache.rebase() as connection:
            known = shown(connection).keys() | settled_ids(connection)
            missing = [found for found in self._outbox.open_commands() if found.op_id not in known]
            return replay(connection, missing, self._actor, between)

    def _run_ahead(self, pulled: Pulled, answers: Collection[Answer]) -> RunAhead | None:
        """Replays many pending commands beside the cache, while edits go on; None for few."""
        if pulled.plan.whole or pulled.plan.lost:
            return None
        with self._cache.beside() as connection:
            _check_same(connection, pulled)
            scopes = self._scopes(connection, pulled, answers, self._outbox.open_heads())
            done = settled_ids(connection) | {answer.op_id for answer in answers}
            if len(self._left(scopes, done)) <= FEW:
                return None
            lay(connection, scopes)
            with Replay(connection, self._actor) as replaying:
                ahead = self._replay_beside(replaying, scopes, done)
            lift(connection)
        return ahead

    def _replay_beside(
        self, replaying: Replay, scopes: Collection[UUID], done: Collection[UUID]
    ) -> RunAhead:
        ran: dict[UUID, tuple[UUID, UUID, Reason | None]] = {}
        touched: list[Changes] = []
        courtesy = _COURTESY
        for _ in range(_ROUNDS):
            left = [found for found in self._left(scopes, done) if found.op_id not in ran]
            for pending in left:
                if courtesy and not self._gate.let_edits_by():
                    courtesy -= 1
                changes, doubt = replaying.run(pending)
                touched.append(changes)
                ran[pending.op_id] = (pending.op_id, pending.scope_id, doubt)
            if len(left) <= _NEARLY:
                break
        return RunAhead(tuple(ran.values()), all_changes(touched))

    def _left(self, scopes: Collection[UUID], done: Collection[UUID]) -> list[OutboxCommand]:
        """What has to be replayed, in order."""
        return [
            found
            for found in self._outbox.open_commands(but=done)
            if found.scope_id in scopes and not found.online
        ]

    def _apply_once(
        self,
        pulled: Pulled,
        answers: Collection[Answer],
        ahead: RunAhead | None,
        between: Callable[[], None],
    ) -> Changes:
        with self._cache.rebase() as connection:
            _check_same(connection, pulled)
            # Read after the connection's snapshot began: what that shows is saved by now.
            heads = self._outbox.open_heads()
            scopes = self._scopes(connection, pulled, answers, heads)
            journal_off(connection)
            changes = undo(connection, scopes) if scopes else Changes()
            changes |= _apply_rows(connection, pulled, between)
            self._move(connection, pulled, answers)
            done = settled_among(connection, {head.op_hex for head in heads})
            if ahead is not None and _begins_with(heads, scopes, done, ahead):
                changes |= _take_over(connection, ahead)
                done |= ahead.op_ids
            return changes | replay(connection, self._left(scopes, done), self._actor, between)

    @staticmethod
    def _scopes(
        connection: Connection,
        pulled: Pulled,
        answers: Collection[Answer],
        heads: Iterable[Head],
    ) -> frozenset[UUID]:
        """The scopes whose pending edits have to be taken out and put back.

        Among them are those that show what waits no more: after a power cut the outbox can know of
        an answer that the cache has lost, and a command that could never be sent was given up
        without an answer.
        """
        pending = {head.op_hex: head.scope_id for head in heads}
        settling = {pending[one.op_id.hex] for one in answers if one.op_id.hex in pending}
        given_up = scopes_shown(connection, pending.keys())
        plan = pulled.plan
        # In a cache that was empty nothing could be replayed, or not as it can be now: what founds
        # a scope that the server does not know yet belongs to none of the scopes fetched.
        again = frozenset(pending.values()) if plan.whole else frozenset()
        return frozenset(pulled.changed | plan.whole | plan.lost | settling | given_up | again)

    def _move(self, connection: Connection, pulled: Pulled, answers: Iterable[Answer]) -> None:
        hello = pulled.hello
        if fact(connection, "identity") != hello.identity.text():
            # Another history: what was settled there may not be settled here.
            forget_settled(connection)
            write_fact(connection, "identity", hello.identity.text())
        settle(connection, answers)
        forget_scopes(connection, pulled.plan.lost)
        if pulled.plan.lost or pulled.plan.whole & pulled.state.cursors.keys():
            mark_purged(connection)
        move_cursors(
            connection, pulled.snapshot, {scope: hello.rights(scope) for scope in hello.scopes}
        )
        write_fact(connection, AUDIT, hello.audit)
        write_fact(connection, "as_of", hello.now.isoformat())


def _check_same(connection: Connection, pulled: Pulled) -> None:
    """OtherCache unless the cache and the stage are those that were pulled into."""
    if read_state(connection) != pulled.state:
        raise OtherCache
    if pulled.plan.whole and bootstrap_under_way(connection) != pulled.bootstrap:
        raise OtherCache


def _begins_with(
    heads: Iterable[Head], scopes: Collection[UUID], done: Collection[UUID], ahead: RunAhead
) -> bool:
    """Whether what has to be replayed now begins with what was replayed beside."""
    settled = {op_id.hex for op_id in done}
    left = (
        head.op_hex
        for head in heads
        if head.scope_id in scopes and head.op_hex not in settled and not head.online
    )
    return list(islice(left, len(ahead.op_hexes))) == ahead.op_hexes


def _take_over(connection: Connection, ahead: RunAhead) -> Changes:
    journal_on(connection)
    merge(connection)
    show_all(connection, ahead.commands)
    return ahead.changes


def _apply_rows(connection: Connection, pulled: Pulled, between: Callable[[], None]) -> Changes:
    changes = Changes()
    gone = pulled.plan.whole | pulled.plan.lost
    comes = bool(pulled.changed or pulled.plan.whole)
    keys = _changed_keys(connection) if comes else {}
    for table in synced_tables():
        if gone:
            between()
            changes |= _remove_scopes(connection, table.name, gone)
        if table.name in keys:
            between()
            changes |= _apply_keys(connection, table.name, keys[table.name])
    for name, last in _staged(connection) if comes else ():
        _insert_staged(connection, name, last, between)
        changes |= _whole_table(name) if pulled.plan.whole else Changes()
    return changes


def _changed_keys(connection: Connection) -> Mapping[str, Collection[UUID]]:
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    for name, row_id in connection.exec_driver_sql("SELECT row_table, id FROM stage.changed_key"):
        found[name].append(UUID(row_id))
    return found


def _staged(connection: Connection) -> list[tuple[str, int]]:
    """The tables with staged rows, parents first, each with its last row number."""
    # One question for all: most tables have none.
    parts = (
        f"SELECT '{table.name}', coalesce(max(rowid), 0) FROM stage.\"{table.name}\""  # noqa: S608
        for table in synced_tables()
    )
    lasts: dict[str, int] = dict(connection.exec_driver_sql(" UNION ALL ".join(parts)).all())
    return [(table.name, lasts[table.name]) for table in synced_tables() if lasts[table.name]]


def _whole_table(name: str) -> Changes:
    return Changes({name: frozenset()})


def _remove_scopes(connection: Connection, name: str, scopes: Iterable[UUID]) -> Changes:
    removed = 0
    for scope_id in scopes:
        removed += connection.exec_driver_sql(
            f'DELETE FROM "{name}" WHERE scope_id = ?',  # noqa: S608 - our own names
            (scope_id.hex,),
        ).rowcount
    return _whole_table(name) if removed else Changes()


def _apply_keys(connection: Connection, name: str, ids: Iterable[UUID]) -> Changes:
    """Takes out the rows behind changed keys; those that still exist are put in afterwards."""
    connection.exec_driver_sql(
        f'DELETE FROM main."{name}" WHERE (scope_id, id) IN '  # noqa: S608 - our own names
        "(SELECT scope_id, id FROM stage.changed_key WHERE row_table = ?)",
        (name,),
    )
    return changes_of(name, ids)


def _insert_staged(
    connection: Connection, name: str, last: int, between: Callable[[], None]
) -> None:
    columns = _COLUMNS[name]
    for start in range(0, last, ROWS_A_STEP):
        between()
        connection.exec_driver_sql(
            f'INSERT INTO main."{name}" ({columns}) SELECT {columns} '  # noqa: S608
            f'FROM stage."{name}" WHERE rowid > ? AND rowid <= ?',
            (start, start + ROWS_A_STEP),
        )
