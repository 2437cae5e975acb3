"""Replaying beside the cache ends in the very rows that replaying in it ends in."""

import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection

from app.models.schedule import Task
from app.services.changes import Changes
from app.services.schedule.links import LinkFields, LinkTasks, UnlinkTasks
from app.services.schedule.tasks import AddTask, DeleteTask, EditTask, TaskFields
from app.sync import rebase as rebasing
from app.sync import replay as replaying
from app.sync.cache_schema import synced_tables
from app.sync.desk import Desk
from app.sync.pull import Pulled, pull
from app.sync.rebase import FEW
from tests.sync.desks import Office, assert_same_rows, edit, founded_project, turn_until_idle


class Looked(Exception):
    """Takes the rebase back once it was looked at."""


def dump(connection: Connection) -> dict[str, list[Any]]:
    """Rows, what is kept to put them back, and what is shown."""
    statements = {}
    for table in synced_tables():
        name = table.name
        statements[name] = f'select * from main."{name}"'
        # To take out an own row that is gone already is nothing to remember.
        statements[f"journal_{name}"] = (
            f'select * from main."journal_{name}" where present '
            f'or (scope_id, id) in (select scope_id, id from main."{name}")'
        )
    for name in ("shown", "settled"):
        statements[name] = f"select * from main.{name}"
    return {
        name: sorted(map(repr, connection.exec_driver_sql(statement)))
        for name, statement in statements.items()
    }


def pulled_by(desk: Desk) -> Pulled:
    """What lies ready on the server, without the answers."""
    with closing(desk._store.link._connector()) as port, port.view() as view:
        return pull(view, desk._store.cache, {})


def add(desk: Desk, project: UUID, name: str) -> UUID:
    task_id = desk.new_id()
    desk.execute(AddTask(scope_id=project, task_id=task_id, name=name, duration_minutes=480))
    return task_id


def rename(desk: Desk, project: UUID, task_id: UUID, before: str, after: str) -> None:
    base, values = TaskFields(name=before), TaskFields(name=after)
    desk.execute(EditTask(scope_id=project, task_id=task_id, base=base, values=values))


def delete(desk: Desk, project: UUID, task_id: UUID) -> None:
    with desk.read() as session:
        seen = session.get_one(Task, (project, task_id)).row_version
    desk.execute(DeleteTask(scope_id=project, task_id=task_id, seen={task_id: seen}))


def busy_day(desk: Desk, project: UUID, old: list[UUID]) -> None:
    """Adds, edits, links, unlinks and deletes, on rows of the server and on own ones."""
    new = [add(desk, project, f"支模 {number}") for number in range(FEW)]
    for number, task_id in enumerate(new[:5]):
        rename(desk, project, task_id, f"支模 {number}", f"拆模 {number}")
    rename(desk, project, old[0], "旧 0", "安娜改")
    links = [desk.new_id() for _ in range(2)]
    for link_id, successor in zip(links, (new[1], old[1]), strict=True):
        command = LinkTasks(
            scope_id=project, link_id=link_id, predecessor_id=new[0], successor_id=successor
        )
        desk.execute(command)
    base = LinkFields(type=command.type, lag=0, lag_kind=command.lag_kind)
    desk.execute(UnlinkTasks(scope_id=project, link_id=links[0], base=base))
    delete(desk, project, new[7])
    delete(desk, project, old[2])
    desk.execute(edit(desk, project, note="安娜"))


@pytest.fixture
def prepared(site: Office) -> tuple[Desk, Desk, UUID]:
    """Anna's pending day lies on changes of Boris: some meet, some clash, some rows are gone."""
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    old = [add(anna, project, f"旧 {number}") for number in range(5)]
    site.sync(anna, boris)
    busy_day(anna, project, old)
    rename(boris, project, old[0], "旧 0", "鲍里斯改")
    rename(boris, project, old[3], "旧 3", "无关")
    delete(boris, project, old[1])
    add(boris, project, "鲍里斯新")
    boris.execute(edit(boris, project, region="别处"))
    turn_until_idle(boris)
    site.worker.apply_waiting()
    return anna, boris, project


def test_both_ways_of_replaying_end_alike(
    site: Office, prepared: tuple[Desk, Desk, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, boris, _ = prepared
    pulled, rebase = pulled_by(anna), anna._store.rebase
    before = whole(anna)
    dumps, told = [], []
    really = replaying.replay

    def looking(connection: Connection, left: Iterable[Any], *rest: Any) -> Changes:
        left = list(left)
        told.append((len(left), really(connection, left, *rest)))
        dumps.append(dump(connection))
        raise Looked

    ahead = rebase._run_ahead(pulled, [])
    assert ahead is not None
    assert any(doubt is not None for _, _, doubt in ahead.commands)
    assert whole(anna) == before
    with monkeypatch.context() as patched:
        patched.setattr(rebasing, "replay", looking)
        for way in (None, ahead):
            with pytest.raises(Looked):
                rebase._apply_once(pulled, [], way, lambda: None)
    assert dumps[0] == dumps[1] != before
    assert [count for count, _ in told] == [len(ahead.commands), 0]
    assert told[0][1] == ahead.changes
    rebase.apply(pulled)
    assert whole(anna) == dumps[0]
    site.sync(anna, boris)
    site.sync(anna, boris)
    assert_same_rows(anna, site.server)
    assert_same_rows(boris, site.server)


def test_edits_saved_while_it_runs_ahead_are_replayed_too(
    site: Office, prepared: tuple[Desk, Desk, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, boris, project = prepared
    pulled, rebase = pulled_by(anna), anna._store.rebase
    gate = anna._store.gate
    let_by = gate.let_edits_by
    calls: list[None] = []

    def one_more() -> bool:
        calls.append(None)
        if len(calls) in (3, 6):
            on_a_thread(lambda: add(anna, project, f"同时 {len(calls)}"))
        return let_by()

    monkeypatch.setattr(gate, "let_edits_by", one_more)
    rebase.apply(pulled)
    names = " ".join(whole(anna)["task"])
    assert "同时 3" in names
    assert "同时 6" in names
    site.sync(anna, boris)
    site.sync(anna, boris)
    assert_same_rows(anna, site.server)
    assert anna.status().pending == 0


def test_what_breaks_a_rule_of_the_tables_is_replayed_one_by_one(
    site: Office, prepared: tuple[Desk, Desk, UUID]
) -> None:
    anna, _, _ = prepared
    pulled, rebase = pulled_by(anna), anna._store.rebase
    ahead = rebase._run_ahead(pulled, [])
    assert ahead is not None
    with anna._store.cache.staging() as connection:
        connection.exec_driver_sql("update temp.ahead_task set kind = 'nonsense' where written")
    rebase._run_ahead = lambda *_: ahead  # type: ignore[method-assign]
    rebase.apply(pulled)
    assert "nonsense" not in repr(whole(anna))
    site.sync(anna)
    site.sync(anna)
    assert_same_rows(anna, site.server)


def whole(desk: Desk) -> dict[str, list[Any]]:
    """The desk's cache as everybody sees it."""
    with desk.read() as session:
        return dump(session.connection())


def on_a_thread(work: Callable[[], object]) -> None:
    """Runs work as a person beside the link's thread would."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
