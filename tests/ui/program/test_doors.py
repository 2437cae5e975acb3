"""What pages are told of the desk, and what they may do with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from msgspec import structs

from app.core.errors import InputRejected, Reason, Refused
from app.core.people import Job
from app.services.commands import encode
from app.services.waiting import WaitingState
from app.sync.desk import Desk
from app.sync.inbox import EntryState, InboxEntry
from app.ui.pages.tools import DeskCheck, PageTools
from app.ui.program.doors import page_tools, shown_entry, site_now
from tests.sync.desks import Office, edit, new_project, turn_until_idle

ENTRY = InboxEntry(
    UUID(int=1),
    UUID(int=2),
    "from.the.future",
    None,
    EntryState.WAITING,
    None,
    datetime(2026, 3, 24, tzinfo=UTC),
    '{"typed": "没有丢"}',
    False,
)


def tools_of(desk: Desk, left: Callable[[], None] = lambda: None) -> PageTools:
    """The doors of a desk; checks always find the same."""
    return page_tools(desk, lambda: (DeskCheck(True, Reason("a.check")),), left)


def states(tools: PageTools) -> list[tuple[str, WaitingState]]:
    return [(own.kind, own.state) for own in tools.waiting()]


def test_an_own_edit_is_followed_from_saved_over_stored_to_applied(site: Office) -> None:
    anna = site.filled("anna")
    tools = tools_of(anna)
    founded = new_project(anna)
    anna.execute(founded)
    (own,) = tools.waiting()
    assert (own.kind, own.state) == ("projects.create", WaitingState.SAVED)
    assert own.payload == encode(founded)

    turn_until_idle(anna)
    assert states(tools) == [("projects.create", WaitingState.STORED)]

    site.sync(anna)
    assert tools.waiting() == []


def test_what_came_back_is_sent_again_or_put_away(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    tools = tools_of(boris)
    first = new_project(anna)
    anna.execute(first)
    site.sync(anna)
    boris.execute(structs.replace(new_project(boris), code=first.code))
    boris.execute(edit(boris, boris.inbox()[0].scope_id, note="跟着被拒"))
    site.sync(anna, boris)
    assert [state for _kind, state in states(tools)] == [
        WaitingState.REFUSED,
        WaitingState.BLOCKED,
    ]
    refused, blocked = tools.waiting()
    assert refused.reason is not None
    assert refused.reason.text_id == "projects.code_taken"

    tools.dismiss(blocked.op_id)
    with pytest.raises(Refused, match="code_taken"):
        tools.issue_again(refused.op_id)
    assert [own.op_id for own in tools.waiting()] == [refused.op_id]

    anna.execute(edit(anna, first.scope_id, code=f"{first.code}-2"))
    site.sync(anna, boris)
    tools.issue_again(refused.op_id)
    (again,) = tools.waiting()
    assert again.op_id != refused.op_id
    assert (again.state, again.payload) == (WaitingState.SAVED, refused.payload)
    with pytest.raises(Refused, match="not_there_any_more"):
        tools.issue_again(blocked.op_id)


def test_clashes_are_left_to_the_rows(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    founded = new_project(anna)
    anna.execute(founded)
    site.sync(anna, boris)
    anna.execute(edit(anna, founded.scope_id, name="甲"))
    boris.execute(edit(boris, founded.scope_id, name="乙"))
    site.sync(anna, boris)
    assert [entry.state for entry in boris.inbox()] == [EntryState.CONFLICT]
    assert tools_of(boris).waiting() == []


@pytest.mark.parametrize(
    ("state", "is_stored", "shown"),
    [
        (EntryState.WAITING, False, WaitingState.SAVED),
        (EntryState.WAITING, True, WaitingState.STORED),
        (EntryState.IN_DOUBT, True, WaitingState.IN_DOUBT),
        (EntryState.REFUSED, True, WaitingState.REFUSED),
        (EntryState.BLOCKED, True, WaitingState.BLOCKED),
    ],
)
def test_a_command_that_cannot_be_read_keeps_what_was_typed(
    state: EntryState, is_stored: bool, shown: WaitingState
) -> None:
    own = shown_entry(replace(ENTRY, state=state, is_stored=is_stored))
    assert (own.state, own.payload, own.kind) == (shown, ENTRY.payload, "from.the.future")


def test_the_facts_are_those_of_the_desk(site: Office) -> None:
    anna = site.filled("anna")
    left: list[str] = []
    desk = tools_of(anna, lambda: left.append("left")).desk
    assert desk is not None
    facts = desk.facts()
    assert facts.server == f"127.0.0.1:{anna.profile.port}"
    assert (facts.database, facts.folder) == (site.server.database, anna.profile.folder)
    assert facts.is_connected
    assert facts.data_as_of is not None
    sizes = dict(facts.files)
    assert sizes.keys() == {"cache.db", "outbox.db"}
    on_disk = sum(path.stat().st_size for path in facts.folder.glob("cache.db*"))
    assert sizes["cache.db"] == on_disk > 100_000
    assert desk.checks()[0].is_sound
    desk.sign_out()
    assert left == ["left"]


def test_the_small_doors(site: Office, tmp_path: Path) -> None:
    site.server.add_person("clara", "克拉拉", Job.STOREKEEPER)
    tools = tools_of(site.desk("clara"))
    assert tools.login == "clara"
    assert tools.new_id() != tools.new_id()
    assert tools.site_now().tzinfo is None
    assert tools.today() == site_now().date()
    assert {day.day.year for day in tools.holidays(2026, 2026)} == {2026}
    plan = tmp_path / "plan.xer"
    plan.write_bytes(b"no schedule at all")
    with pytest.raises(InputRejected):
        tools.read_schedule(plan, UUID(int=1))
