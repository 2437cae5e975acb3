"""What must hold after every step, and when everything has healed (section 11 of the protocol)."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.core.errors import EnvironmentFault
from app.server.audit import ORIGIN, Decision, link
from app.sync.cache_schema import columns_of, synced_tables
from app.sync.cache_state import is_filled, settled_ids
from app.sync.cache_state import shown as shown_commands
from tests.simulation.store import ServerStore

if TYPE_CHECKING:
    from tests.simulation.desk import SimDesk
    from tests.simulation.view import SimView
    from tests.simulation.world import World

Rows = frozenset[tuple[Any, ...]]
Shown = Mapping[str, Mapping[str, Rows]]
"""By table and scope, the rows that a person could see in a snapshot."""

_TABLES = {table.name: table for table in synced_tables()}


def shown(view: "SimView") -> Shown:
    """Everything that a snapshot shows."""
    return {name: by_scope(view.table(name)) for name in _TABLES}


def by_scope(rows: list[tuple[Any, ...]]) -> Mapping[str, Rows]:
    """Rows sorted by their first column."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], set()).add(tuple(row))
    return {scope: frozenset(members) for scope, members in found.items()}


def after_step(world: "World") -> None:
    """The quick ones, for what may have changed."""
    for desk in world.desks:
        if desk.touched and desk.desk is not None and not desk.linking and not desk.writing:
            desk._guarded(partial(_look_into, world, desk))
            promises_are_kept(world, desk)
            desk.touched = False
    world.audit.look(world)
    world.money.look(world)
    balances(world)


def _look_into(world: "World", desk: "SimDesk") -> None:
    try:
        cache_is_a_snapshot(world, desk)
    except EnvironmentFault as fault:
        world.say(f"{desk.name} told {fault.reason.text_id}")


def promises_are_kept(world: "World", desk: "SimDesk") -> None:
    """3: what was shown as saved lies in the outbox, with or without an answer."""
    if desk.store is None:
        return
    ids = desk._guarded(
        lambda: {UUID(row[0]) for row in desk.store.outbox.rows("SELECT op_id FROM command")}  # type: ignore[union-attr]
    )
    if ids is None:
        return
    missing = [op_id for op_id in desk.saved if op_id not in ids]
    if missing:
        world.fail("promised", f"{desk.name} has forgotten {missing[:3]}")


def cache_is_a_snapshot(world: "World", desk: "SimDesk") -> None:
    """7 and 8: with the pending edits taken out, each scope is what one snapshot showed."""
    assert desk.desk is not None
    with desk.desk.read() as session:
        connection = session.connection()
        pending_is_shown(world, desk, connection)
        cursors = connection.exec_driver_sql("SELECT scope_id, snapshot FROM scope_cursor").all()
        identity = connection.exec_driver_sql(
            "SELECT value FROM fact WHERE name = 'identity'"
        ).scalar()
        if identity is None:
            return
        generation = identity.split("/")[-1]
        rows = {name: base_rows(connection, name) for name in _TABLES}
    held = {scope for scope, _ in cursors}
    for scope, snapshot in cursors:
        if int(snapshot.split(":")[1]) <= world.store.first_xid:
            continue
        known = world.history.get(f"{desk.login}|{snapshot}|{generation}")
        if known is None:
            world.fail("snapshot", f"{desk.name} stands at {snapshot}, which nobody was shown")
            return
        for name in _TABLES:
            ours, theirs = rows[name].get(scope, frozenset()), known[name].get(scope, frozenset())
            if ours != theirs:
                world.fail("snapshot", f"{desk.name} {name} {scope}: {_differing(ours, theirs)}")
    for name, scopes in rows.items():
        if scopes.keys() - held:
            world.fail("snapshot", f"{desk.name} holds {name} of {scopes.keys() - held}")


def pending_is_shown(world: "World", desk: "SimDesk", connection: Any) -> None:
    """3: an edit that has no answer is seen in the rows (or is in doubt, and said to be)."""
    assert desk.store is not None
    if desk.store.edits.behind or not is_filled(connection):
        return
    known = shown_commands(connection).keys() | settled_ids(connection)
    for found in desk.store.outbox.open_commands():
        if found.op_id not in known and not found.online:
            world.fail("pending", f"{desk.name} does not show {found.op_id}")


def base_rows(connection: Any, name: str) -> Mapping[str, Rows]:
    """A table as the server has it: what pending commands touched is taken from the journal."""
    columns = columns_of(_TABLES[name])
    found = connection.exec_driver_sql(
        f'SELECT {columns} FROM "{name}" AS row WHERE NOT EXISTS ('
        f'SELECT 1 FROM "journal_{name}" AS old'
        " WHERE old.scope_id = row.scope_id AND old.id = row.id)"
        f' UNION ALL SELECT {columns} FROM "journal_{name}" WHERE present'
    ).all()
    return by_scope([tuple(row) for row in found])


def _differing(ours: Rows, theirs: Rows) -> str:
    here, there = sorted(map(repr, ours - theirs)), sorted(map(repr, theirs - ours))
    return f"only here {here[:2]} only there {there[:2]}"


class AuditWatch:
    """11 and 15: each entry follows from the one before, and writers follow one another."""

    def __init__(self, store: ServerStore) -> None:
        self._store = store
        self.begin_again()

    def begin_again(self) -> None:
        """Another history: the chain is read from its beginning."""
        self._n, self._hash, self._epoch = 0, ORIGIN, 0
        self._states: dict[Any, str] = {}

    def look(self, world: "World") -> None:
        """At the entries that came since."""
        for row in self._store.rows(
            "SELECT n, log.op_id, log.scope_id, log.actor, log.kind, log.state, log.payload_hash,"
            " previous_hash, hash, at, epoch, result.state, asked.depends_on, reason_id"
            " FROM audit_log AS log LEFT JOIN command_result AS result USING (op_id)"
            " LEFT JOIN command_inbox AS asked USING (op_id) WHERE n > ? ORDER BY n",
            (self._n,),
        ):
            self._check(world, row)

    def _check(self, world: "World", row: Any) -> None:
        n, op_id, scope_id, actor, kind, state, payload, previous, digest, at, epoch = row[:11]
        decision = Decision(op_id, scope_id, actor, kind, state, bytes(payload))
        if n != self._n + 1 or bytes(previous) != self._hash:
            world.fail("audit", f"entry {n} after {self._n}")
        if bytes(digest) != link(self._hash, n, decision, at):
            world.fail("audit", f"hash of entry {n}")
        if epoch is None or row[11] != state:
            world.fail("audit", f"entry {n} without its result")
        if epoch < self._epoch:
            world.fail("two_writers", f"epoch {epoch} after {self._epoch}")
        if state == "blocked" and self._states.get(row[12]) in (None, "applied"):
            world.fail("blocked", f"{op_id} depends on {self._states.get(row[12])}")
        if state in ("refused", "blocked", "conflict") and not row[13]:
            world.fail("reason", f"{op_id} {state} without a reason")
        self._n, self._hash, self._epoch = n, bytes(digest), epoch
        self._states[op_id] = state


_BALANCES = """
SELECT place.scope_id, place.item_id, place.location_id, place.booked,
    coalesce(shelf.on_hand, 0), coalesce(shelf.short_quantity, 0)
FROM (SELECT scope_id, item_id, location_id, sum(quantity) AS booked FROM stock_move
      GROUP BY scope_id, item_id, location_id) AS place
LEFT JOIN stock_balance AS shelf USING (scope_id, item_id, location_id)
WHERE on_hand IS NULL OR on_hand < 0 OR short_quantity < 0 OR on_hand - short_quantity <> booked
"""


def balances(world: "World") -> None:
    """4: nothing is below zero, and on hand less short is the sum of moves."""
    for row in world.store.rows(_BALANCES):
        world.fail("balance", str(row))


def open_of(desk: "SimDesk") -> int:
    """How many commands of a desk have no answer."""
    if desk.store is None:
        return 0 if desk.retired else -1
    return len(desk.store.outbox.open_ids())


def is_current(desk: "SimDesk") -> bool:
    """Whether the desk's cache stands at the server's newest rows."""
    try:
        return _is_current(desk)
    except EnvironmentFault:
        # Damage shows when it is read, and is mended then.
        return False


def _is_current(desk: "SimDesk") -> bool:
    assert desk.desk is not None
    view = _view_of(desk)
    try:
        theirs = shown(view)
    finally:
        view.close()
    with desk.desk.read() as session:
        connection = session.connection()
        ours = {
            name: by_scope(
                [
                    tuple(row)
                    for row in connection.exec_driver_sql(
                        f'SELECT {columns_of(table)} FROM "{name}"'
                    )
                ]
            )
            for name, table in _TABLES.items()
        }
    return ours == theirs


def _view_of(desk: "SimDesk") -> "SimView":
    from tests.simulation.view import SimView

    return SimView(desk.world.store, desk.login, lambda work: work())


def at_the_end(world: "World") -> None:
    """When everything has healed."""
    after_step(world)
    results = {
        row[0]: row[1:]
        for row in world.store.rows("SELECT op_id, state, reason_id FROM command_result")
    }
    by_name = {desk.name: desk for desk in world.desks}
    for promise in world.promises.values():
        desk = by_name[promise.desk]
        if desk.store is None:
            continue
        known = desk.store.outbox.get(promise.op_id)
        if known is None:
            world.fail("promised", f"{promise.op_id} is gone from {promise.desk}")
            return
        found = results.get(promise.op_id)
        if found is None and known.state not in ("refused", "dismissed"):
            world.fail("applied_once", f"{promise.op_id} {known.state} without a result")
        if found is not None and known.state not in (found[0], "dismissed"):
            world.fail("told", f"{promise.op_id}: {found[0]} on the server, {known.state} here")
        if known.state != "applied" and known.reason is None:
            world.fail("told", f"{promise.op_id}: {known.state} without a reason")
    conflicts = {row[0] for row in world.store.rows("SELECT id FROM conflict")}
    lost = [op for op, row in results.items() if row[0] == "conflict" and op.hex not in conflicts]
    if lost:
        world.fail("conflict", f"{lost[:3]} have no row in the inbox")
