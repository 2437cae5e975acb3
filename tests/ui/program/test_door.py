"""The desk behind the kit's door, and its link in the shell's terms."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import Reason
from app.services.changes import Changes
from app.services.projects import show_project
from app.sync.status import DeskStatus
from app.sync.status import LinkState as Link
from app.ui.program.door import DeskDoor, LinkWatch, shown
from app.ui.shell.link_state import LinkState
from tests.sync.desks import Office, edit, new_project

AT = datetime(2026, 3, 24, 1, 12, tzinfo=UTC)
ONLINE = DeskStatus(
    link=Link.ONLINE,
    reason=None,
    pending=0,
    unsent=0,
    refused=0,
    conflicts=5,
    data_as_of=AT,
    server_offset=None,
    device_id=UUID(int=1),
    login="anna",
)


def test_an_edit_through_the_door_is_told_to_its_caller_and_others_hear_only_of_news(
    site: Office,
) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    door = DeskDoor(anna)
    heard: list[Changes] = []
    door.subscribe(heard.append)
    founded = new_project(anna)

    assert door.execute(founded).touches("project")
    with door.read() as session:
        assert show_project(session, founded.scope_id) is not None
    assert heard == []

    site.sync(anna, boris)
    boris.execute(edit(boris, founded.scope_id, note="来自鲍里斯"))
    heard.clear()
    site.sync(boris, anna)
    assert any(changes.touches("project") for changes in heard)

    door.close()
    heard.clear()
    boris.execute(edit(boris, founded.scope_id, note="又一次"))
    site.sync(boris, anna)
    assert heard == []


@pytest.mark.parametrize(
    ("status", "link"),
    [
        (ONLINE, "online"),
        (replace(ONLINE, pending=2), "syncing"),
        (replace(ONLINE, link=Link.OUTDATED), "outdated"),
        (replace(ONLINE, link=Link.CONNECTING, pending=2), "connecting"),
        (replace(ONLINE, link=Link.WRONG_PASSWORD), "wrong_password"),
        (replace(ONLINE, link=Link.SERVER_SILENT, pending=2), "silent"),
        (replace(ONLINE, link=Link.STOPPED), "offline"),
        (replace(ONLINE, link=Link.OFFLINE, reason=Reason("sync.no_answer")), "offline"),
        (replace(ONLINE, link=Link.OFFLINE, reason=Reason("sync.not_admitted")), "turned_away"),
    ],
)
def test_a_link_is_shown(status: DeskStatus, link: str) -> None:
    assert shown(status, None).link == link


def test_counts_and_times_are_shown_without_the_clashes() -> None:
    status = replace(ONLINE, pending=3, refused=2, link=Link.OFFLINE)
    assert shown(status, AT) == LinkState("offline", AT, 3, 2, AT)


def test_a_link_that_is_tried_again_says_what_it_said_last(site: Office) -> None:
    watch = LinkWatch(site.filled("anna"))
    seen: list[LinkState] = []
    watch.changed.connect(seen.append)
    wrong = Reason("sync.wrong_password")
    for status in (
        replace(ONLINE, link=Link.CONNECTING),
        replace(ONLINE, link=Link.WRONG_PASSWORD, reason=wrong),
        replace(ONLINE, link=Link.CONNECTING, pending=1),
        ONLINE,
    ):
        watch._hear(status)
    watch.stop()
    links = [one.link for one in seen]
    assert links == ["connecting", "wrong_password", "wrong_password", "online"]
    assert (seen[2].reason, seen[2].waiting, seen[2].lost_at) == (wrong, 1, AT)
    assert (seen[0].lost_at, seen[3].lost_at) == (None, None)


def test_an_outage_lasts_from_the_last_rows_until_the_link_is_back(
    site: Office, qtbot: QtBot
) -> None:
    anna = site.filled("anna")
    watch = LinkWatch(anna)
    seen: list[LinkState] = []
    watch.changed.connect(seen.append)
    as_of = anna.status().data_as_of
    assert as_of is not None

    anna._store.link.close()
    anna.execute(new_project(anna))
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=5000)
    anna.start()
    qtbot.waitUntil(lambda: not seen[-1].is_offline, timeout=5000)
    anna.stop()
    watch.stop()

    assert seen[0].lost_at == as_of
    assert (seen[0].link, seen[0].waiting) == ("offline", 1)
    assert seen[-1].lost_at is None
