"""Saving: every point at which it can break off, and the full disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import EnvironmentFault, Refused
from app.services.bus import part_of
from app.sync.desk import Desk
from app.sync.edits import check_storable
from tests.sync.desks import Office, assert_same_rows, edit, founded_project, name_of, new_project


def test_killed_between_the_outbox_and_the_cache(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    command = edit(anna, project, name="只在发件箱里")
    anna._store.outbox.save(
        part_of(command.KIND), command, op_id=anna.new_id(), issued_at=anna._clock.now()
    )
    anna.close()
    again = site.desk("anna")
    assert name_of(again, project) == "只在发件箱里"
    site.sync(again)
    assert again.status().pending == 0
    assert_same_rows(again, site.server)


def test_killed_between_the_cache_and_the_outbox_of_a_rebase(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    anna.execute(edit(anna, project, name="已由服务器执行"))
    outbox = anna._store.outbox
    settle = outbox.settle
    outbox.settle = lambda answers: None  # type: ignore[method-assign]
    site.sync(anna)
    outbox.settle = settle  # type: ignore[method-assign]
    assert anna.status().pending == 1
    anna.close()
    again = site.desk("anna")
    assert_same_rows(again, site.server)
    site.sync(again)
    assert again.status().pending == 0
    assert_same_rows(again, site.server)


def test_a_power_cut_takes_the_rebase_back_but_not_the_refusal(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna)
    taken = new_project(boris)
    boris.execute(taken)
    site.sync(boris)
    late = anna.execute(edit(anna, project, code=taken.code))
    anna.close()
    # The outbox is on the disk with every commit, the cache only now and then.
    before = {path: path.read_bytes() for path in anna.profile.folder.glob("cache.db*")}
    again = site.desk("anna")
    site.sync(again)
    assert again.outcome(late.op_id).state == "refused"
    again.close()
    for path in anna.profile.folder.glob("cache.db*"):
        path.unlink()
    for path, content in before.items():
        path.write_bytes(content)
    once_more = site.desk("anna")
    site.sync(once_more)
    assert_same_rows(once_more, site.server)


def test_the_cache_breaks_when_the_edit_is_saved_already(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    command = edit(anna, project, name="已保存")

    def fail(connection: Any) -> None:
        broken = sqlcipher.DatabaseError("database disk image is malformed")
        broken.sqlite_errorname = "SQLITE_CORRUPT"
        raise broken

    engine = anna._store.cache._edits
    event.listen(engine, "commit", fail)
    try:
        saved = anna.execute(command)
    finally:
        event.remove(engine, "commit", fail)
    assert anna.outcome(saved.op_id).state == "unknown"
    assert anna.status().pending == 1
    site.sync(anna)
    site.sync(anna)
    assert name_of(anna, project) == "已保存"
    assert_same_rows(anna, site.server)


def test_the_cache_cannot_commit_but_the_edit_is_saved(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    command = edit(anna, project, name="缓存提交失败")

    def fail(connection: Any) -> None:
        raise sqlcipher.OperationalError("disk I/O error")

    engine = anna._store.cache._edits
    event.listen(engine, "commit", fail)
    try:
        saved = anna.execute(command)
    finally:
        event.remove(engine, "commit", fail)
    assert saved.changes.touches("project")
    assert name_of(anna, project) != "缓存提交失败"
    _turn_in_vain(anna, fail)
    assert name_of(anna, project) != "缓存提交失败"
    anna._store.turn()
    assert name_of(anna, project) == "缓存提交失败"
    site.sync(anna)
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)


def _turn_in_vain(desk: Desk, fail: Callable[[Any], None]) -> None:
    engine = desk._store.cache._link
    event.listen(engine, "commit", fail)
    try:
        with pytest.raises(sqlcipher.OperationalError):
            desk._store.turn()
    finally:
        event.remove(engine, "commit", fail)


def test_a_full_disk_is_told_and_nothing_is_half_saved(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    first = anna.execute(edit(anna, project, note="之前"))
    connection = anna._store.outbox._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    # What a full disk does, from SQLite's own mouth: the file may not grow any more.
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    folder = site.profile("anna").folder
    assert (folder / "ballast").stat().st_size > 1 << 20
    with pytest.raises(EnvironmentFault) as raised:
        anna.execute(edit(anna, project, note="长" * 20_000))
    assert raised.value.reason.text_id == "sync.disk_full"
    assert not (folder / "ballast").exists()
    assert anna.status().pending == 1
    connection.execute("PRAGMA max_page_count = 1000000")
    second = anna.execute(edit(anna, project, region="之后"))
    assert (folder / "ballast").exists()
    site.sync(anna)
    assert anna.outcome(first.op_id).state == anna.outcome(second.op_id).state == "applied"
    assert_same_rows(anna, site.server)


def test_no_room_for_the_ballast_no_edit(site: Office) -> None:
    anna = site.filled("anna")
    folder: Path = site.profile("anna").folder
    (folder / "ballast").mkdir()
    (folder / "ballast" / "x").write_bytes(b"")
    with pytest.raises(EnvironmentFault):
        anna.execute(new_project(anna))
    assert anna.status().pending == 0


@pytest.mark.parametrize("words", ["a\x00b", "\ud800"])
def test_texts_that_no_database_keeps(site: Office, words: str) -> None:
    anna = site.filled("anna")
    with pytest.raises(Refused):
        anna.execute(new_project(anna, words))
    check_storable(new_project(anna, "C:\\u0000"))
    assert anna.status().pending == 0


def test_what_the_server_would_not_take_is_refused_at_once(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    with pytest.raises(Refused, match="malformed"):
        anna.execute(edit(anna, project, name="名" * 201))
    assert anna.status().pending == 0
