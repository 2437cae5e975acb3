"""A server set back under running desks: what it lost comes again, and once."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from psycopg2 import sql
from sqlalchemy import text

from app.core.people import Job
from app.server.backups import make_backup, target_of
from app.server.connect import administrator_connection
from app.server.restoring import restore_backup
from app.sync.desk import Desk, Saved
from tests.faults.test_cloned_desk import assert_all_applied_once, results
from tests.servers import Server, fresh_server
from tests.sync.desks import Office, edit, founded_project, name_of, office, turn_until_idle


class SetBack:
    """A database that is kept at a moment and put back as a copy of files would: the same
    generation, and transaction numbers that others have used meanwhile."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._kept = f"{server.database}_kept"
        self._copy(server.database, self._kept)

    def put_back(self) -> None:
        self._copy(self._kept, self._server.database)
        self._run("drop database {} with (force)", self._kept)

    def _copy(self, source: str, target: str) -> None:
        self._server.admin.dispose()
        self._run("drop database if exists {} with (force)", target)
        self._end_sessions(source)
        self._run("create database {} template {}", target, source)
        self._run("revoke all on database {} from public", target)
        self._run("grant connect on database {} to gantry_person, gantry_worker", target)

    def _end_sessions(self, database: str) -> None:
        opened = administrator_connection(self._server.running.dsn())
        with opened.cursor() as cursor:
            cursor.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s",
                (database,),
            )
        opened.close()

    def _run(self, statement: str, *names: str) -> None:
        opened = administrator_connection(self._server.running.dsn())
        with opened.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
        opened.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Office]:
    with fresh_server() as server:
        server.add_person("anna", "安娜", Job.ADMINISTRATOR)
        server.add_person("boris", "鲍里斯", Job.ADMINISTRATOR)
        with office(server, tmp_path) as opened:
            yield opened


def reconnect(site: Office, *desks: Desk) -> None:
    """Connections broke; each desk connects anew."""
    site.worker.close()
    site.worker = site.server.worker()
    for desk in desks:
        desk._store.turn()
        desk._store.link.retry_now()
        turn_until_idle(desk)


def edited(site: Office, desk: Desk, project: UUID, **values: object) -> Saved:
    """An edit that is applied and known to be."""
    saved = desk.execute(edit(desk, project, **values))
    site.sync(desk)
    assert desk.outcome(saved.op_id).state == "applied"
    return saved


def test_set_back_with_the_same_generation(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    kept = SetBack(site.server)
    reconnect(site, anna, boris)
    saved = [edited(site, anna, project, note="备份之后")]
    saved.append(edited(site, boris, project, region="也在备份之后"))
    kept.put_back()
    waiting = anna.execute(edit(anna, project, address="断开时写的"))
    reconnect(site, anna, boris)
    assert_all_applied_once(site, [*saved, waiting], anna, boris)


def test_what_was_stored_and_not_decided_comes_again(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    kept = SetBack(site.server)
    reconnect(site, anna)
    saved = [anna.execute(edit(anna, project, note="存了，还没有处理"))]
    turn_until_idle(anna)
    assert anna.status().unsent == 0
    kept.put_back()
    # The audit log is as it was: only the device's token tells.
    saved.append(anna.execute(edit(anna, project, region="之后写的")))
    reconnect(site, anna)
    assert_all_applied_once(site, saved, anna)


def test_others_have_worked_on_the_server_that_was_set_back(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    kept = SetBack(site.server)
    reconnect(site, anna, boris)
    saved = [edited(site, anna, project, note="备份之后")]
    kept.put_back()
    reconnect(site, boris)
    saved += [edited(site, boris, project, region=f"第 {number} 次") for number in range(6)]
    # As many entries as before and more, and later transactions than those that Anna has seen.
    saved.append(anna.execute(edit(anna, project, address="断开时写的")))
    reconnect(site, anna)
    assert_all_applied_once(site, saved, anna, boris)
    assert name_of(anna, project) is not None


def test_restored_by_our_own_command_while_two_desks_race(site: Office, tmp_path: Path) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    target = target_of(site.server.superuser_dsn, site.server.database)
    file = make_backup(target, tmp_path / "backups")
    saved = [edited(site, anna, project, note="备份之后")]
    site.sync(boris)
    saved.append(edited(site, boris, project, note="在安娜之后"))
    site.sync(anna)
    site.server.admin.dispose()
    done = restore_backup(file, site.server.superuser_dsn, site.server.database)
    assert done.set_aside is not None
    for desk in (boris, anna):
        desk._store.turn()
        desk._store.link.retry_now()
        turn_until_idle(desk)
    reconnect(site, anna, boris)
    site.sync(anna, boris)
    site.sync(anna, boris)
    decided = results(site)
    # Sent again in another order, the later edit does not know the earlier: a person decides.
    assert sorted(decided[one.op_id] for one in saved) == ["applied", "conflict"]
    with site.server.admin.connect() as connection:
        found = connection.execute(text("select count(*) from conflict")).scalar_one()
    assert found == 1
    site.server._maintain(
        sql.SQL("drop database {} with (force)").format(sql.Identifier(done.set_aside))
    )
