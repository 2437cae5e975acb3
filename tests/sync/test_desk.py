"""Two desks, one real server, the real worker."""

import threading

import pytest
from msgspec import structs

from app.core.errors import EnvironmentFault, Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.changes import Changes
from app.services.people import GrantScope
from app.services.projects import show_project
from app.sync.cache import CACHE_FILE
from app.sync.desk import Desk
from app.sync.inbox import EntryState
from app.sync.status import DeskStatus, LinkState
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    new_project,
    turn_until_idle,
)


def test_an_edit_travels(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    founded = new_project(anna)
    anna.execute(founded)
    assert name_of(anna, founded.scope_id) == founded.name
    site.sync(anna, boris)
    assert name_of(boris, founded.scope_id) == founded.name
    assert anna.status().pending == 0
    for desk in (anna, boris):
        assert_same_rows(desk, site.server)


def test_edits_of_different_groups_merge(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    anna.execute(edit(anna, project, name="滨江花园三期"))
    boris.execute(edit(boris, project, note="围挡已完成"))
    site.sync(anna, boris)
    for desk in (anna, boris):
        assert_same_rows(desk, site.server)
        with desk.read() as session:
            seen = show_project(session, project)
        assert seen is not None
        assert (seen.name, seen.note) == ("滨江花园三期", "围挡已完成")


def test_a_clash_reaches_both_desks(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    anna.execute(edit(anna, project, name="安娜的名字"))
    saved = boris.execute(edit(boris, project, name="鲍里斯的名字"))
    assert name_of(boris, project) == "鲍里斯的名字"
    site.sync(anna, boris)
    assert boris.status().conflicts == 1
    (entry,) = boris.inbox()
    assert (entry.op_id, entry.state) == (saved.op_id, EntryState.CONFLICT)
    for desk in (anna, boris):
        assert name_of(desk, project) == "安娜的名字"
        assert_same_rows(desk, site.server)


def test_a_refusal_comes_back_with_its_reason(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    first = new_project(anna)
    anna.execute(first)
    site.sync(anna)
    second = structs.replace(new_project(boris), code=first.code)
    refused = boris.execute(second)
    follower = boris.execute(edit(boris, second.scope_id, note="跟着被拒"))
    site.sync(anna, boris)
    found = {entry.op_id: entry for entry in boris.inbox()}
    assert found[refused.op_id].state is EntryState.REFUSED
    reason = found[refused.op_id].reason
    assert reason is not None
    assert reason.text_id == "projects.code_taken"
    assert found[refused.op_id].command == second
    assert found[follower.op_id].state is EntryState.BLOCKED
    assert_same_rows(boris, site.server)
    assert boris.dismiss(refused.op_id)
    assert boris.dismiss(follower.op_id)
    assert not boris.dismiss(follower.op_id)
    assert boris.inbox() == []


def test_refused_at_once_nothing_is_saved(site: Office) -> None:
    site.server.add_person("clara", "克拉拉", Job.STOREKEEPER)
    clara = site.filled("clara")
    with pytest.raises(Refused):
        clara.execute(new_project(clara))
    assert clara.status().pending == 0


def test_an_empty_desk_says_so(site: Office) -> None:
    anna = site.desk("anna")
    with pytest.raises(EnvironmentFault) as raised:
        anna.execute(new_project(anna))
    assert raised.value.reason.text_id == "sync.not_filled_yet"


def test_pending_edits_survive_a_restart(site: Office) -> None:
    anna = site.filled("anna")
    founded = new_project(anna)
    anna.execute(founded)
    anna.execute(edit(anna, founded.scope_id, note="断网时写的"))
    anna.close()
    again = site.desk("anna")
    assert again.status().pending == 2
    assert {entry.state for entry in again.inbox()} == {EntryState.WAITING}
    assert name_of(again, founded.scope_id) == founded.name
    site.sync(again)
    assert again.status().pending == 0
    assert_same_rows(again, site.server)


def test_a_cache_damaged_deep_inside_does_not_keep_the_desk_closed(site: Office) -> None:
    anna = site.filled("anna")
    founded = new_project(anna)
    anna.execute(founded)
    with anna.read() as session:
        query = "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'settled'"
        pages = session.connection().exec_driver_sql(query).scalars().all()
    anna.close()
    file = site.profile("anna").folder / CACHE_FILE
    body = bytearray(file.read_bytes())
    for page in pages:
        body[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    file.write_bytes(body)
    again = site.desk("anna")
    assert [notice.text_id for notice in again.status().notices] == ["sync.cache_rebuilt"]
    site.sync(again)
    assert name_of(again, founded.scope_id) == founded.name
    assert_same_rows(again, site.server)


def test_news_from_others_survive_pending_edits(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    anna.execute(edit(anna, project, region="浦东"))
    boris.execute(edit(boris, project, note="来自鲍里斯"))
    turn_until_idle(boris)
    site.worker.apply_waiting()
    heard: list[Changes | DeskStatus] = []
    end = anna.subscribe(heard.append)
    anna._store.link.retry_now()
    turn_until_idle(anna)
    end()
    assert any(isinstance(news, Changes) and news.touches("project") for news in heard)
    with anna.read() as session:
        seen = show_project(session, project)
    assert seen is not None
    assert (seen.region, seen.note) == ("浦东", "来自鲍里斯")


def test_only_one_process_owns_a_desk(site: Office) -> None:
    site.desk("anna")
    with pytest.raises(EnvironmentFault) as raised:
        site.desk("anna")
    assert raised.value.reason.text_id == "sync.in_use"


def test_online_only_is_answered_by_the_server(site: Office) -> None:
    anna = site.filled("anna")
    stop = threading.Event()
    serving = threading.Thread(target=site.worker.run, args=(stop,))
    serving.start()
    try:
        anna.start()
        founded = new_project(anna)
        anna.execute(founded)
        granted = anna.execute_online(_grant(anna, "boris"), 20)
        assert granted.state == "applied"
        unknown = anna.execute_online(_grant(anna, "nobody"), 20)
        assert unknown.state == "refused"
        assert unknown.reason is not None
        assert unknown.reason.text_id == "people.unknown"
        status = anna.sync_until_quiet(20)
        assert (status.link, status.pending) == (LinkState.ONLINE, 0)
        assert_same_rows(anna, site.server)
    finally:
        stop.set()
        serving.join()
        anna.stop()


def test_online_only_without_a_server_is_not_sent(site: Office) -> None:
    anna = site.filled("anna")
    anna._store.link.close()
    with pytest.raises(EnvironmentFault) as raised:
        anna.execute_online(_grant(anna, "boris"), 0.1)
    assert raised.value.reason.text_id == "sync.online_needed"
    assert anna.status().pending == 0


def test_an_unanswered_question_is_settled_later(site: Office) -> None:
    anna = site.filled("anna")
    outcome = anna.execute_online(_grant(anna, "boris"), 0)
    assert outcome.state == "unknown"
    site.sync(anna)
    assert anna.outcome(outcome.op_id).state == "applied"


def _grant(desk: Desk, person: str) -> GrantScope:
    return GrantScope(
        scope_id=COMPANY_SCOPE, member_id=desk.new_id(), person=person, job=Job.PLANNER
    )
