"""What can happen in a step: work, and every fault that the protocol has an answer to."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from app.core.ids import COMPANY_SCOPE
from tests.simulation.desk import SimDesk

if TYPE_CHECKING:
    from tests.simulation.world import World

Happening = Callable[["World"], None]

MOST_DESKS = 5


def _a_desk(world: "World") -> SimDesk:
    return world.random.choice(world.desks)


def _idle_desk(world: "World") -> SimDesk | None:
    idle = [desk for desk in world.desks if desk.desk and not desk.linking and not desk.writing]
    return world.random.choice(idle) if idle else None


def somebody_saves(world: "World") -> None:
    """Work."""
    _a_desk(world).save_something()


def a_link_turns(world: "World") -> None:
    """Work."""
    desk = _a_desk(world)
    if desk.desk is None and not desk.linking and not desk.writing and not desk.retired:
        desk.start()
    if world.random.random() < 0.7:
        desk.retry()
    desk.turn()


def a_worker_turns(world: "World") -> None:
    """Work."""
    worker = world.random.choice(world.workers)
    if worker.host.dead and not worker.working:
        worker.start()
    worker.turn()


def time_passes(world: "World") -> None:
    """Seconds, or a night."""
    world.pass_time(world.random.choice((0.5, 5.0, 30.0, 90_000.0)))


def a_desk_is_killed(world: "World") -> None:
    """kill -9 at some statement of what it does next."""
    _a_desk(world).disk.kill_after = world.random.randrange(0, 120)


def power_is_lost(world: "World") -> None:
    """What is not written through goes back to an earlier state."""
    desk = _idle_desk(world)
    if desk is not None:
        desk.lose_power()


def platters_turn(world: "World") -> None:
    """What a later power cut goes back to."""
    desk = _idle_desk(world)
    if desk is not None:
        desk.disk.remember()


def a_disk_is_full(world: "World") -> None:
    """Until somebody makes room."""
    desk = _a_desk(world)
    desk.disk.full = not desk.disk.full
    world.say(f"the disk of {desk.name} is {'full' if desk.disk.full else 'free again'}")


def a_cache_is_damaged(world: "World") -> None:
    """Some page of it holds rubbish at the next start."""
    desk = _idle_desk(world)
    if desk is None:
        return
    desk.crash()
    desk.disk.damage("cache.db", world.random.random())


def a_line_is_cut(world: "World") -> None:
    """A site goes offline, or comes back."""
    desk = _a_desk(world)
    desk.line.is_up = not desk.line.is_up


def a_clock_is_set(world: "World") -> None:
    """Ten years forward or back."""
    desk = _a_desk(world)
    desk.clock.off = timedelta(days=world.random.choice((-3650, -1, 0, 0, 1, 3650)))


def a_computer_is_cloned(world: "World") -> None:
    """Both go on under the same name, with the same numbers."""
    desk = _idle_desk(world)
    if desk is None or len(world.desks) >= MOST_DESKS:
        return
    name = f"{desk.login}-{len(world.desks)}"
    folder = world.folder / name
    clone = desk.clone(name, folder)
    world.desks.append(clone)
    world.say(f"{desk.name} cloned")


def a_worker_is_killed(world: "World") -> None:
    """kill -9 at some statement of what it does next."""
    world.random.choice(world.workers).host.kill_after = world.random.randrange(0, 60)


def a_worker_is_cut_off(world: "World") -> None:
    """Its connection breaks, perhaps on the answer to COMMIT."""
    worker = world.random.choice(world.workers)
    if world.random.random() < 0.5:
        worker.host.cut_answer = True
    else:
        worker.host.cut = not worker.host.cut


def rights_change(world: "World") -> None:
    """An administrator takes a person out of the company, or lets the person in again."""
    login = world.random.choice(("boris", "chen"))
    held, where = "scope_member WHERE person = ? AND scope_id = ?", (login, COMPANY_SCOPE.hex)
    there = world.store.rows(f"SELECT * FROM {held}", where)
    if there:
        if world.store.write([(f"DELETE FROM {held}", where)]):
            world.dismissed[login] = there
    elif login in world.dismissed:
        rows = world.dismissed[login]
        marks = ", ".join("?" * len(rows[0]))
        if world.store.write([(f"INSERT INTO scope_member VALUES ({marks})", row) for row in rows]):
            del world.dismissed[login]


def a_long_transaction(world: "World") -> None:
    """Somebody writes rows in a transaction begun long before it is committed."""
    store = world.store
    xid = store.begin()
    statement = "UPDATE person SET phone = ?, row_version = row_version + 1 WHERE login = ?"
    values = (str(world.random.randrange(100)), world.random.choice(("anna", "boris", "chen")))

    def commit() -> None:
        if world.random.random() < 0.3 or not store.write([(statement, values)], xid):
            store.end(xid)

    world.ending.append(commit)


def a_long_transaction_ends(world: "World") -> None:
    """Committed or rolled back, late."""
    if world.ending:
        world.ending.pop(0)()


def a_late_request_arrives(world: "World") -> None:
    """Its sender has given it up, and perhaps sent it again."""
    if world.travelling:
        world.travelling.pop(0)()


def the_server_speaks_another_schema(world: "World") -> None:
    """Too old or too new for the desks, for a while."""
    world.store.schema = world.random.choice(((1, 99), (1, 99), (98, 99), (0, 0)))
    world.ending.append(lambda: setattr(world.store, "schema", (1, 99)))


def the_feed_is_pruned(world: "World") -> None:
    """Old entries go, and the floor is raised past them."""
    store = world.store
    if store.writer is not None or store.running:
        return
    rows = store.rows(
        "SELECT max(xid) FROM change_feed WHERE seq <= (SELECT max(seq) - 3 FROM change_feed)"
    )
    if rows[0][0] is None:
        return
    floor = rows[0][0]
    store.admin.execute("DELETE FROM change_feed WHERE xid <= ?", (floor,))
    store.prune_floor = max(store.prune_floor, floor + 1)


def a_backup_is_made(world: "World") -> None:
    """Of everything that is committed."""
    if world.store.writer is None and not world.store.late:
        world.store.back_up(world.folder / "backup.db")


def a_backup_is_restored(world: "World") -> None:
    """Under running desks: what was done since is gone on the server."""
    backup = world.folder / "backup.db"
    if not backup.exists() or world.depth:
        return
    world.end_connections()
    world.store.restore(backup, UUID(bytes=world.random.randbytes(16)))
    world.audit.begin_again()
    world.money.begin_again()
    world.say("a backup is restored")


def the_server_fails_over(world: "World") -> None:
    """A standby that has everything takes over."""
    if world.depth:
        return
    world.end_connections()
    world.store.timeline += 1
    world.say("another server takes over")


def only_a_standby_answers(world: "World") -> None:
    """For a while."""
    if world.depth:
        return
    world.end_connections()
    world.store.standby = True
    world.say("only a standby answers")
    world.ending.append(lambda: setattr(world.store, "standby", False))


def an_outbox_is_damaged(world: "World") -> None:
    """Some page of it holds rubbish at the next start."""
    desk = _idle_desk(world)
    if desk is not None and not desk.disk.full:
        world.say(f"the outbox of {desk.name} is damaged")
        desk.damage_outbox()


HAPPENINGS: tuple[Happening, ...]
WEIGHTS: tuple[float, ...]
HAPPENINGS, WEIGHTS = zip(
    *(
        (somebody_saves, 30),
        (a_link_turns, 30),
        (a_worker_turns, 18),
        (time_passes, 4),
        (a_desk_is_killed, 3),
        (power_is_lost, 1),
        (platters_turn, 2),
        (a_disk_is_full, 1),
        (a_cache_is_damaged, 0.5),
        (a_line_is_cut, 4),
        (a_clock_is_set, 1),
        (a_computer_is_cloned, 0.5),
        (a_worker_is_killed, 2),
        (a_worker_is_cut_off, 2),
        (rights_change, 1),
        (a_long_transaction, 1),
        (a_long_transaction_ends, 2),
        (a_late_request_arrives, 2),
        (the_server_speaks_another_schema, 0.5),
        (the_feed_is_pruned, 1),
        (a_backup_is_made, 1),
        (a_backup_is_restored, 1),
        (the_server_fails_over, 0.5),
        (only_a_standby_answers, 0.5),
        (an_outbox_is_damaged, 0.5),
    ),
    strict=True,
)
