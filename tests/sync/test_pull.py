"""Pulling from a real feed: rights, deletions, resuming, what a cursor holds for."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text

from app.core.errors import Reason
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.sync import pull as pulling
from app.sync.cache_state import CacheState, Cursor
from app.sync.pull import ServerSetBack, check_hello, plan_pull, pull
from app.sync.wire import Hello, LinkLost, ServerIdentity, ServerView
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    turn_until_idle,
)

SCOPE = UUID(int=5)
HELLO = Hello(
    me="anna",
    identity=ServerIdentity("1", 1, "g"),
    standby=False,
    schema_oldest=1,
    schema_newest=1,
    prune_floor=100,
    now=datetime(2026, 3, 1, tzinfo=UTC),
    scopes={SCOPE: frozenset({"planner"})},
    readable=frozenset({"task"}),
)


def _state(snapshot: str, rights: str = "planner|task", *, stale: bool = False) -> CacheState:
    return CacheState(HELLO.identity.text(), {SCOPE: Cursor(snapshot, rights, stale)})


@pytest.mark.parametrize(
    ("state", "whole"),
    [
        (_state("200:210:"), False),
        (_state("99:210:"), True),
        (_state("200:210:", "|task"), True),
        (_state("200:210:", stale=True), True),
        (CacheState("other", _state("200:210:").cursors), True),
        (CacheState(None, {}), True),
    ],
)
def test_what_a_cursor_holds_for(state: CacheState, *, whole: bool) -> None:
    plan = plan_pull(HELLO, "300:300:", state)
    assert (SCOPE in plan.whole) is whole
    assert plan.lost == frozenset()


def test_a_cursor_from_the_future_tells_of_a_server_set_back() -> None:
    with pytest.raises(ServerSetBack):
        plan_pull(HELLO, "205:205:", _state("200:210:"))


def test_a_scope_that_is_not_granted_is_lost() -> None:
    state = CacheState(HELLO.identity.text(), {UUID(int=9): Cursor("200:200:", "", stale=False)})
    assert plan_pull(HELLO, "300:300:", state).lost == {UUID(int=9)}


def test_standby_is_refused() -> None:
    standby = Hello(**{name: getattr(HELLO, name) for name in HELLO.__slots__} | {"standby": True})
    with pytest.raises(LinkLost):
        check_hello(standby)


def test_scopes_come_and_go_with_the_right(site: Office) -> None:
    site.server.add_person("clara", "克拉拉", Job.STOREKEEPER)
    anna, clara = site.filled("anna"), site.filled("clara")
    project = founded_project(site, anna, clara)
    assert name_of(clara, project) is None
    member = site.server.grant("clara", project, Job.PROJECT_MANAGER)
    site.sync(clara)
    assert name_of(clara, project) is not None
    assert_same_rows(clara, site.server)
    saved = clara.execute(edit(clara, project, note="失去权限前写的"))
    site.server.revoke(member)
    site.sync(clara)
    assert name_of(clara, project) is None
    assert clara.outcome(saved.op_id).state == "refused"
    assert_same_rows(clara, site.server)


def test_deleted_rows_disappear(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    with site.server.admin.begin() as connection:
        connection.execute(text("delete from project where id = :id"), {"id": project})
        connection.execute(text("delete from scope_member where scope_id = :id"), {"id": project})
    site.sync(anna)
    assert name_of(anna, project) is None
    assert_same_rows(anna, site.server)


def test_a_late_commit_is_not_missed(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    slow, quick = site.server.admin.connect(), site.server.admin.connect()
    statement = text("update project set note = note || :more where id = :id")
    slow.execute(text("update person set phone = '1' where login = 'boris'"))
    quick.execute(statement, {"more": "快", "id": project})
    quick.commit()
    site.sync(anna)
    slow.commit()
    site.sync(anna)
    assert_same_rows(anna, site.server)
    for connection in (slow, quick):
        connection.close()


class _Breaking:
    """A view whose connection breaks after some pages."""

    def __init__(self, view: ServerView, pages: int) -> None:
        self._view = view
        self._pages = pages

    def __getattr__(self, name: str) -> object:
        if name == "page":
            self._pages -= 1
            if self._pages < 0:
                raise LinkLost(Reason("sync.no_answer"))
        return getattr(self._view, name)


@pytest.mark.parametrize("pages", [1, 3, 6, 12])
def test_a_bootstrap_goes_on_where_it_stopped(
    site: Office, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulling, "PAGE_ROWS", 1)
    anna = site.filled("anna")
    project = founded_project(site, anna)
    anna._store.cache.rebuild()
    store = anna._store
    port = store.link._port
    assert port is not None
    with port.view() as view, pytest.raises(LinkLost):
        pull(_Breaking(view, pages), store.cache, {})  # type: ignore[arg-type]
    # Meanwhile rows already fetched change, go, and come.
    with site.server.admin.begin() as connection:
        connection.execute(text("update person set phone = '138' where login = 'anna'"))
        connection.execute(text("update project set note = 'x' where id = :id"), {"id": project})
        connection.execute(
            text("delete from person where login = 'boris'"),
        )
    site.server.add_person("clara", "克拉拉", Job.STOREKEEPER)
    store.link.retry_now()
    turn_until_idle(anna)
    assert_same_rows(anna, site.server)


def test_new_rights_fetch_a_scope_anew(site: Office) -> None:
    anna = site.filled("anna")
    founded_project(site, anna)
    with anna.read() as session:
        before = session.connection().exec_driver_sql("select rights from scope_cursor").all()
    site.server.grant("anna", COMPANY_SCOPE, Job.MANAGER)
    site.sync(anna)
    with anna.read() as session:
        after = session.connection().exec_driver_sql("select rights from scope_cursor").all()
    assert before != after
    assert_same_rows(anna, site.server)
