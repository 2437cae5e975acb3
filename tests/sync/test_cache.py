"""The cache's file: damage, other schemas, reading beside writing."""

from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, String, Table, Uuid
from sqlalchemy.exc import DBAPIError

from app.core.errors import EnvironmentFault
from app.models.engines import CipherKey
from app.sync import cache_schema
from app.sync.cache import CACHE_FILE, DAMAGED_FILE, Cache
from app.sync.cache_schema import definition, synced_tables
from app.sync.faults import FileDamaged
from app.sync.search import search
from app.sync.staging import STAGE_FILE
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    turn_until_idle,
)

KEY = CipherKey("ab" * 32)


def _spoil(file: Path, start: int = 0) -> None:
    body = bytearray(file.read_bytes())
    for place in range(start, len(body), 97):
        body[place] ^= 0xFF
    file.write_bytes(body)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    Cache(tmp_path, KEY).close()
    _spoil(tmp_path / CACHE_FILE)
    with pytest.raises(FileDamaged):
        Cache(tmp_path, KEY)


def test_a_damaged_stage_is_made_anew(tmp_path: Path) -> None:
    Cache(tmp_path, KEY).close()
    _spoil(tmp_path / STAGE_FILE)
    cache = Cache(tmp_path, KEY)
    cache.check()
    cache.close()


def test_a_reader_of_an_old_search_index_raises_no_alarm(tmp_path: Path) -> None:
    cache = Cache(tmp_path, KEY)
    with cache.read() as session:
        search(session, "钢筋")
    entries = [(f"钢筋 {number}", "gj") for number in range(100)]
    with cache.edit() as connection:
        put = "insert into search_text (bigrams, initials) values (?, ?)"
        connection.exec_driver_sql(put, entries)
        connection.exec_driver_sql("insert into search_text (search_text) values ('optimize')")
    cache.check()
    cache.close()


def test_readers_see_the_last_commit_only(tmp_path: Path) -> None:
    cache = Cache(tmp_path, KEY)
    with cache.edit() as connection, cache.read() as session:
        connection.exec_driver_sql("insert into fact values ('a', 'b')")
        seen = session.connection().exec_driver_sql("select count(*) from fact").scalar_one()
        assert seen == 0
        with pytest.raises(DBAPIError):
            session.connection().exec_driver_sql("delete from fact")
    cache.close()


def test_damage_at_the_start_is_mended_from_the_server(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    anna.execute(edit(anna, project, note="还没上传"))
    anna.close()
    folder = site.profile("anna").folder
    _spoil(folder / CACHE_FILE)
    again = site.desk("anna")
    assert [notice.text_id for notice in again.status().notices] == ["sync.cache_rebuilt"]
    assert (folder / DAMAGED_FILE).exists()
    assert again.status().pending == 1
    site.sync(again)
    assert again.status().pending == 0
    assert_same_rows(again, site.server)


def test_damage_under_way_is_mended_from_the_server(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    saved = anna.execute(edit(anna, project, note="还没上传"))
    changed = edit(anna, project, region="写不进去")
    with anna._store.cache.edit() as connection:
        connection.exec_driver_sql("pragma writable_schema = on")
        connection.exec_driver_sql(
            "update sqlite_master set rootpage = 9999 where name = 'project'"
        )
    for engine in (anna._store.cache._edits, anna._store.cache._readers):
        engine.dispose()
    with pytest.raises(EnvironmentFault) as raised:
        anna.execute(changed)
    assert raised.value.reason.text_id == "sync.cache_damaged"
    turn_until_idle(anna)
    assert name_of(anna, project) is not None
    site.sync(anna)
    assert anna.outcome(saved.op_id).state == "applied"
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)


def test_another_schema_is_reached_in_place(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    anna.execute(edit(anna, project, name="升级前的修改"))
    anna.close()
    older = site.desk("anna")
    with older._store.cache.edit() as connection:
        # As an older program left it: a column less, a table less, and one of its own.
        for trigger in ("added", "changed", "removed"):
            connection.exec_driver_sql(f"drop trigger project_{trigger}")
        connection.exec_driver_sql("alter table project drop column address")
        connection.exec_driver_sql("alter table journal_project drop column address")
        connection.exec_driver_sql(
            "update synced_table set definition = 'old' where name = 'project'"
        )
        connection.exec_driver_sql("delete from synced_table where name = 'task_link'")
        connection.exec_driver_sql("drop table task_link")
        connection.exec_driver_sql("drop table journal_task_link")
        connection.exec_driver_sql("create table gone (n)")
        connection.exec_driver_sql("insert into synced_table values ('gone', 'x')")
    older.close()
    again = site.desk("anna")
    # Offline still: nothing is lost, and the pending edit is on top again.
    assert name_of(again, project) == "升级前的修改"
    site.sync(again)
    assert_same_rows(again, site.server)
    with again.read() as session:
        tables = session.connection().exec_driver_sql("select name from synced_table").scalars()
        assert set(tables) == {str(table.name) for table in synced_tables()}


def test_definitions_tell_columns_apart() -> None:
    def table(length: int) -> Table:
        columns = (Column("scope_id", Uuid, primary_key=True), Column("words", String(length)))
        return Table("words", MetaData(), *columns)

    assert definition(table(3)) == definition(table(3)) != definition(table(4))


def test_a_newer_program_keeps_its_file(tmp_path: Path) -> None:
    cache = Cache(tmp_path, KEY)
    with cache.edit() as connection:
        connection.exec_driver_sql(f"pragma user_version = {len(cache_schema.LAYOUTS) + 1}")
    cache.close()
    with pytest.raises(EnvironmentFault):
        Cache(tmp_path, KEY)
