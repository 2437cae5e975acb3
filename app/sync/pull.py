"""Fetches what changed into the stage, in one snapshot of the server."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from msgspec import structs

from app.core.errors import Reason
from app.sync.cache import Cache
from app.sync.cache_schema import synced_tables
from app.sync.cache_state import CacheState, Cursor, read_state
from app.sync.staging import (
    STAGED,
    Bootstrap,
    advance,
    bootstrap_under_way,
    clear,
    note_bootstrap,
    stage_changes,
    stage_rows,
)
from app.sync.stored import key_of
from app.sync.wire import SCHEMA, Answer, Hello, Key, LinkLost, ServerView

PAGE_ROWS: Final = 5_000
KEYS_A_QUERY: Final = 10_000


class ServerSetBack(Exception):
    """The server has forgotten what this desk has already seen: it was set back unannounced."""

    def __init__(self, identity: str) -> None:
        super().__init__(identity)
        self.identity = identity


@dataclass(frozen=True, slots=True)
class PullPlan:
    """Which scopes are brought forward (by their cursor), fetched whole, or given up."""

    forward: Mapping[str, frozenset[UUID]]
    whole: frozenset[UUID]
    lost: frozenset[UUID]

    @property
    def kept(self) -> frozenset[UUID]:
        """The scopes that are brought forward."""
        return frozenset().union(*self.forward.values())


@dataclass(frozen=True, slots=True)
class Pulled:
    """What lies in the stage, ready to be applied; true for one snapshot."""

    hello: Hello
    snapshot: str
    plan: PullPlan
    answers: tuple[Answer, ...]
    state: CacheState
    """The cache that this was fetched for."""
    changed: frozenset[UUID] = field(default_factory=frozenset)
    """Scopes with staged changes, without those fetched whole."""
    bootstrap: Bootstrap | None = None
    """What the stage says of the scopes fetched whole."""


def check_hello(hello: Hello) -> None:
    """LinkLost for a server that must not be pulled from."""
    if hello.standby:
        raise LinkLost(Reason("sync.standby"))
    if hello.schema_oldest > SCHEMA:
        raise LinkLost(Reason("sync.program_too_old"), "outdated")
    if hello.schema_newest < SCHEMA:
        raise LinkLost(Reason("sync.program_too_new"), "outdated")


def snapshot_bounds(snapshot: str) -> tuple[int, int]:
    """xmin and xmax of a pg_snapshot text (`xmin:xmax:xip,...`)."""
    oldest, newest, _ = snapshot.split(":", 2)
    return int(oldest), int(newest)


def plan_pull(hello: Hello, snapshot: str, state: CacheState) -> PullPlan:
    """Decides for every scope. A cursor holds only for the server, the rights and the feed that it
    was made with; one from the future raises ServerSetBack."""
    identity = hello.identity.text()
    same_server = state.identity == identity
    _, newest = snapshot_bounds(snapshot)
    ahead = (snapshot_bounds(cursor.snapshot)[1] > newest for cursor in state.cursors.values())
    if same_server and any(ahead):
        raise ServerSetBack(identity)
    forward: dict[str, set[UUID]] = {}
    whole: set[UUID] = set()
    for scope_id in hello.scopes:
        cursor = state.cursors.get(scope_id)
        if cursor is None or not same_server or not _holds(cursor, hello, scope_id):
            whole.add(scope_id)
        else:
            forward.setdefault(cursor.snapshot, set()).add(scope_id)
    return PullPlan(
        {cursor: frozenset(scopes) for cursor, scopes in forward.items()},
        frozenset(whole),
        frozenset(state.cursors.keys() - hello.scopes.keys()),
    )


def _holds(cursor: Cursor, hello: Hello, scope_id: UUID) -> bool:
    oldest_seen, _ = snapshot_bounds(cursor.snapshot)
    return (
        not cursor.stale
        and cursor.rights == hello.rights(scope_id)
        and oldest_seen >= hello.prune_floor
    )


def pull(view: ServerView, cache: Cache, asked: Mapping[UUID, int]) -> Pulled:
    """Stages everything that the cache lacks of the view's snapshot.

    `asked` tells, for each device, from which sequence number on answers are awaited. LinkLost when
    the connection breaks: whole scopes go on where they stopped. OtherCache if it was rebuilt
    meanwhile.
    """
    hello = view.hello
    check_hello(hello)
    with cache.read() as session:
        state = read_state(session.connection())
    plan = plan_pull(hello, view.snapshot, state)
    progress = _begin(view, cache, plan)
    changed = _fetch_changes(view, cache, plan)
    if progress is not None:
        progress = _fetch_whole(view, cache, progress)
    answers = tuple(view.answers(asked))
    return Pulled(hello, view.snapshot, plan, answers, state, changed, progress)


def _begin(view: ServerView, cache: Cache, plan: PullPlan) -> Bootstrap | None:
    rights = {scope_id: view.hello.rights(scope_id) for scope_id in plan.whole}
    identity = view.hello.identity.text()
    with cache.staging() as connection:
        found = bootstrap_under_way(connection)
        if plan.whole and found is not None and _resumable(found, identity, rights, view):
            clear(connection, plan.whole)
            return found
        clear(connection)
        if not plan.whole:
            return None
        fresh = Bootstrap(identity, view.snapshot, rights)
        note_bootstrap(connection, fresh)
        return fresh


def _resumable(
    found: Bootstrap, identity: str, rights: Mapping[UUID, str], view: ServerView
) -> bool:
    oldest, newest = snapshot_bounds(found.snapshot)
    return (
        found.identity == identity
        and found.rights == rights
        and oldest >= view.hello.prune_floor
        and newest <= snapshot_bounds(view.snapshot)[1]
    )


def _fetch_changes(view: ServerView, cache: Cache, plan: PullPlan) -> frozenset[UUID]:
    changed: set[UUID] = set()
    for cursor, scopes in plan.forward.items():
        changed |= _stage_since(view, cache, scopes, cursor)
    return frozenset(changed)


def _stage_since(
    view: ServerView, cache: Cache, scopes: Collection[UUID], cursor: str
) -> set[UUID]:
    changed: set[UUID] = set()
    for table, keys in view.changed_keys(scopes, cursor).items():
        if table not in STAGED:
            continue
        changed |= {scope_id for scope_id, _ in keys}
        for start in range(0, len(keys), KEYS_A_QUERY):
            part = keys[start : start + KEYS_A_QUERY]
            rows = view.rows(table, part) if table in view.hello.readable else []
            with cache.staging() as connection:
                stage_changes(connection, table, part, rows)
    return changed


def _fetch_whole(view: ServerView, cache: Cache, begun: Bootstrap) -> Bootstrap:
    names = [str(table.name) for table in synced_tables()]
    begin = names.index(begun.table) if begun.table else 0
    reached, after = begun, begun.after
    for name in names[begin:]:
        if name in view.hello.readable:
            reached = _fetch_table(view, cache, reached, name, after)
        after = None
    if begun.snapshot != view.snapshot:
        # Rows staged earlier may have changed since: those are fetched once more.
        _stage_since(view, cache, begun.rights.keys(), begun.snapshot)
    return reached


def _fetch_table(
    view: ServerView, cache: Cache, reached: Bootstrap, name: str, after: Key | None
) -> Bootstrap:
    while rows := view.page(name, reached.rights.keys(), after, PAGE_ROWS):
        before, after = reached, key_of(rows[-1])
        reached = structs.replace(before, table=name, after=after)
        with cache.staging() as connection:
            advance(connection, before, reached)
            stage_rows(connection, name, rows)
        if len(rows) < PAGE_ROWS:
            break
    return reached
