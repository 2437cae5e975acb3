"""A cache that is not what the server shows is found when nothing pends, told, and mended."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection

from app.core.errors import Reason
from app.core.ids import COMPANY_SCOPE
from app.sync import drift
from app.sync.cache_state import fact, write_fact
from app.sync.desk import Desk
from app.sync.drift import COMPARED
from app.sync.journal import journal_off
from app.sync.postgres_port import PostgresView
from app.sync.wire import LinkLost, Sum
from tests.sync.desks import Office, assert_same_rows, edit, founded_project, turn_until_idle

BREAKS = {
    "row lost": ("project", "delete from project"),
    "other key": ("scope_member", "update scope_member set id = lower(hex(randomblob(16)))"),
    "old row": ("project", "update project set row_version = row_version - 1, name = '旧'"),
}


@pytest.fixture
def desk(site: Office) -> tuple[Desk, UUID]:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    anna.execute(edit(anna, project, name="新"))
    site.sync(anna)
    return anna, project


def spoil(desk: Desk, how: str) -> str:
    table, statement = BREAKS[how]
    with desk._store.cache.rebase() as connection:
        journal_off(connection)
        connection.exec_driver_sql(f"drop trigger {table}_key")
        connection.exec_driver_sql(statement)
    return table


def compared(desk: Desk) -> str | None:
    with desk.read() as session:
        return fact(session.connection(), COMPARED)


def pull_once_more(desk: Desk, last: datetime | None) -> None:
    """The next pulls, with the last check so long ago."""

    def remember(connection: Connection) -> None:
        if last is None:
            connection.exec_driver_sql("delete from fact where name = ?", (COMPARED,))
        else:
            write_fact(connection, COMPARED, last.isoformat())

    with desk._store.cache.rebase() as connection:
        remember(connection)
    for _ in range(2):
        desk._store.link.retry_now()
        turn_until_idle(desk)


@pytest.mark.parametrize("how", BREAKS)
def test_a_difference_is_told_once_and_mended(
    site: Office, desk: tuple[Desk, UUID], how: str
) -> None:
    anna, _ = desk
    table = spoil(anna, how)
    pull_once_more(anna, None)
    (notice,) = anna.status().notices
    assert (notice.text_id, notice.parameters) == ("sync.cache_differed", {"tables": table})
    assert_same_rows(anna, site.server)


def test_a_sound_cache_is_compared_once_a_day_and_left_alone(desk: tuple[Desk, UUID]) -> None:
    anna, _ = desk
    pull_once_more(anna, None)
    first = compared(anna)
    assert first is not None
    recent = datetime.now(UTC) - timedelta(hours=23)
    spoil(anna, "old row")
    pull_once_more(anna, recent)
    assert compared(anna) == recent.isoformat()
    assert anna.status().notices == ()
    pull_once_more(anna, datetime.now(UTC) + timedelta(days=900))
    assert [found.text_id for found in anna.status().notices] == ["sync.cache_differed"]


def test_nothing_is_compared_while_an_edit_pends(site: Office, desk: tuple[Desk, UUID]) -> None:
    anna, project = desk
    anna.execute(edit(anna, project, note="还没有答复"))
    pull_once_more(anna, None)
    assert compared(anna) is None
    site.sync(anna)
    pull_once_more(anna, None)
    assert compared(anna) is not None
    assert anna.status().notices == ()


def test_an_edit_saved_between_question_and_comparison_is_no_difference(
    desk: tuple[Desk, UUID],
) -> None:
    anna, project = desk
    check = anna._store.link._drift
    port = anna._store.link._connector()
    pull_once_more(anna, datetime.now(UTC) - timedelta(days=2))
    with anna._store.cache.rebase() as connection:
        connection.exec_driver_sql("delete from fact where name = ?", (COMPARED,))
    with port.view() as view:
        sums = check.ask(view, [project])
    port.close()
    assert sums is not None
    anna.execute(edit(anna, project, note="正好现在"))
    assert check.compare(sums) == frozenset()
    assert compared(anna) is None
    assert anna.status().notices == ()


def test_sums_that_take_too_long_keep_nothing_from_arriving(
    site: Office, desk: tuple[Desk, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, project = desk
    boris = site.filled("boris")
    boris.execute(edit(boris, project, name="来自鲍里斯"))
    site.sync(boris)
    asked: list[str] = []

    def slow(_view: PostgresView, table: str, _scopes: object) -> Mapping[UUID, Sum]:
        asked.append(table)
        raise LinkLost(Reason("sync.unreachable", {"detail": "-"}))

    monkeypatch.setattr(PostgresView, "sums", slow)
    with anna._store.cache.rebase() as connection:
        connection.exec_driver_sql("delete from fact where name = ?", (COMPARED,))
    for _ in range(3):
        anna._store.link.retry_now()
        turn_until_idle(anna)
    assert len(asked) == 1
    assert_same_rows(anna, site.server)


def test_a_sum_is_the_same_in_whatever_parts_it_is_read(
    desk: tuple[Desk, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ = desk
    with anna.read() as session:
        connection = session.connection()
        whole = drift.sum_of(connection, "person", COMPANY_SCOPE)
        monkeypatch.setattr(drift, "_ROWS_A_PART", 1)
        assert drift.sum_of(connection, "person", COMPANY_SCOPE) == whole
    assert whole.count > 1
