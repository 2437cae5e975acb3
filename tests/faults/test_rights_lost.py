"""Rights taken while a desk was away: what was typed comes back, and goes to those who lead."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from app.core.people import Job
from app.server import apply
from app.server.connect import administrator_connection
from app.server.logins import set_person_login, shut_out
from app.services.reconcile import ConflictView, list_conflicts, may_settle
from app.sync.desk import Desk
from app.sync.keys import PASSWORD
from app.sync.status import LinkState
from tests.servers import fresh_server
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    office,
    turn_until_idle,
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Office]:
    with fresh_server() as server:
        server.add_person("anna", "安娜", Job.ADMINISTRATOR)
        server.add_person("chen", "陈", Job.STOREKEEPER)
        with office(server, tmp_path) as opened:
            yield opened


def conflicts(desk: Desk) -> list[ConflictView]:
    with desk.read() as session:
        return list_conflicts(session)


def member(site: Office, project: UUID) -> UUID:
    return site.server.grant("chen", project, Job.PROJECT_MANAGER)


def test_a_project_lost_while_away(site: Office) -> None:
    anna, chen = site.filled("anna"), site.filled("chen")
    project = founded_project(site, anna)
    held = member(site, project)
    site.sync(chen)
    saved = [chen.execute(edit(chen, project, note=text)) for text in ("第一", "第二")]
    site.server.revoke(held)
    site.sync(chen, anna)
    for one in saved:
        outcome = chen.outcome(one.op_id)
        assert outcome.state == "refused"
        assert outcome.reason is not None
        assert outcome.reason.text_id == "people.not_permitted"
    # The author sees nothing of the project any more, and still what was typed.
    assert name_of(chen, project) is None
    assert ["第" in entry.payload for entry in chen.inbox()] == [True, True]
    assert_same_rows(chen, site.server)
    found = conflicts(anna)
    assert {one.id for one in found} == {one.op_id for one in saved}
    assert all("第" in one.command and one.actor == "chen" for one in found)
    assert {one.reason_id for one in found} == {"reconcile.right_lost"}
    with anna.read() as session:
        assert may_settle(session, "anna", found[0])
    assert_same_rows(anna, site.server)


def test_a_person_disabled_while_away(site: Office) -> None:
    anna, chen = site.filled("anna"), site.filled("chen")
    project = founded_project(site, anna)
    member(site, project)
    site.sync(chen)
    saved = chen.execute(edit(chen, project, note="停用之前写的"))
    with site.server.admin.begin() as connection:
        connection.execute(text("update person set active = false where login = 'chen'"))
    site.sync(chen, anna)
    assert chen.outcome(saved.op_id).state == "refused"
    assert [one.id for one in conflicts(anna)] == [saved.op_id]


def test_a_login_shut_out_keeps_everything(site: Office) -> None:
    anna, chen = site.filled("anna"), site.filled("chen")
    project = founded_project(site, anna)
    member(site, project)
    site.sync(chen)
    opened = administrator_connection(site.server.superuser_dsn)
    shut_out(opened, "chen")
    saved = chen.execute(edit(chen, project, note="登不进去也能写"))
    chen._store.turn()
    chen._store.link.retry_now()
    chen._store.turn()
    status = chen.status()
    assert status.link is LinkState.OFFLINE
    assert status.reason is not None
    assert status.reason.text_id == "sync.login_closed"
    assert status.unsent == 1
    assert name_of(chen, project) is not None
    secret = site.keys(site.profile("chen")).load(PASSWORD)
    assert secret is not None
    set_person_login(opened, "chen", secret)
    opened.close()
    chen._store.link.retry_now()
    turn_until_idle(chen)
    site.sync(chen)
    assert chen.outcome(saved.op_id).state == "applied"


def test_who_asks_without_a_right_does_not_fill_the_inbox_of_others(
    site: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apply, "MOST_OPEN", 2)
    anna, chen = site.filled("anna"), site.filled("chen")
    project = founded_project(site, anna)
    held = member(site, project)
    site.sync(chen)
    saved = [chen.execute(edit(chen, project, note=f"第 {n}")) for n in range(4)]
    site.server.revoke(held)
    site.sync(chen, anna)
    assert len(conflicts(anna)) == 2
    assert {chen.outcome(one.op_id).state for one in saved} == {"refused"}
