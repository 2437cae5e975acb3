"""A rebase gives way to edits and still comes to its end."""

import threading
from contextlib import closing
from typing import Any

import pytest

from app.sync import pull as pulling
from app.sync.cache_state import is_filled
from app.sync.inbox import EntryState
from app.sync.pull import pull
from app.sync.staging import OtherCache
from app.sync.wire import Row
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    new_project,
    turn_until_idle,
)


def test_edits_during_a_rebase_are_all_kept(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    for number in range(60):
        anna.execute(edit(anna, project, note=f"{number}"))
    boris.execute(edit(boris, project, region="别处"))
    turn_until_idle(boris)
    site.worker.apply_waiting()
    anna._store.link.retry_now()
    turning = threading.Thread(target=turn_until_idle, args=(anna,))
    turning.start()
    count = 0
    while turning.is_alive():
        anna.execute(edit(anna, project, address=f"{count}"))
        count += 1
    turning.join()
    site.sync(anna, boris)
    site.sync(anna, boris)
    for desk in (anna, boris):
        status = desk.status()
        assert (status.pending, status.refused, status.conflicts) == (0, 0, 0)
        assert_same_rows(desk, site.server)


def test_a_pending_edit_in_doubt_waits_for_the_server(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    boris.execute(edit(boris, project, name="先到"))
    site.sync(boris)
    anna._store.link.close()
    late = anna.execute(edit(anna, project, name="后到"))
    anna._store.link._push_at = float("inf")
    port = anna._store.link._connector()
    with port.view() as view:
        anna._store.rebase.apply(pull(view, anna._store.cache, {}))
    port.close()
    (entry,) = anna.inbox()
    assert (entry.op_id, entry.state.value, entry.is_stored) == (late.op_id, "in_doubt", False)
    assert entry.reason is not None
    assert entry.reason.text_id == "reconcile.changed_meanwhile"
    site.sync(anna)
    assert anna.status().conflicts == 1
    assert_same_rows(anna, site.server)


def test_a_rebuilt_cache_shows_what_founds_a_project_that_only_this_desk_knows(
    site: Office,
) -> None:
    anna = site.filled("anna")
    founded = new_project(anna)
    anna.execute(founded)
    anna.execute(edit(anna, founded.scope_id, note="还没有送出"))
    anna._store.rebuild_cache()
    turn_until_idle(anna)
    assert name_of(anna, founded.scope_id) == founded.name
    assert {entry.state for entry in anna.inbox()} == {EntryState.WAITING}
    site.sync(anna)
    assert_same_rows(anna, site.server)


def test_what_was_pulled_for_another_cache_is_not_applied(site: Office) -> None:
    anna = site.filled("anna")
    founded_project(site, anna)
    store = anna._store
    port = store.link._port
    assert port is not None
    with port.view() as view:
        pulled = pull(view, store.cache, {})
    anna._store.rebuild_cache()
    with pytest.raises(OtherCache):
        store.rebase.apply(pulled)
    site.sync(anna)
    assert_same_rows(anna, site.server)


def test_a_first_load_into_a_cache_that_was_rebuilt_meanwhile_begins_anew(
    site: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "PAGE_ROWS", 1)
    anna = site.desk("anna")
    store = anna._store
    with closing(store.link._connector()) as port, port.view() as view:
        page = view.page
        pages: list[int] = []

        def paged(*asked: Any) -> list[Row]:
            pages.append(len(pages))
            if len(pages) == 2:
                anna._store.rebuild_cache()
            return page(*asked)

        monkeypatch.setattr(view, "page", paged)
        with pytest.raises(OtherCache):
            pull(view, store.cache, {})
        pulled = pull(view, store.cache, {})
        store.rebuild_cache()
        with pytest.raises(OtherCache):
            store.rebase.apply(pulled)
    with anna.read() as session:
        assert not is_filled(session.connection())
    site.sync(anna)
    assert_same_rows(anna, site.server)
