"""A desk's folder copied, or set back to an older copy: no command is lost, none applied twice."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from app.core.people import Job
from app.sync.desk import Desk, Saved
from tests.servers import fresh_server
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    office,
    turn_until_idle,
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Office]:
    with fresh_server() as server:
        server.add_person("anna", "安娜", Job.ADMINISTRATOR)
        with office(server, tmp_path) as opened:
            yield opened


def copied(site: Office, desk: Desk, name: str) -> None:
    """Copies the folder of a closed desk, with its keys."""
    desk.close()
    original, clone = site.profile("anna"), site.profile("anna", name)
    shutil.copytree(original.folder, clone.folder)
    site.share_keys(original, clone)


def inbox(site: Office) -> dict[UUID, tuple[UUID, int]]:
    """Device and number of every command in the inbox."""
    with site.server.admin.connect() as connection:
        rows = connection.execute(text("select op_id, device_id, device_seq from command_inbox"))
        return {row[0]: (row[1], row[2]) for row in rows}


def results(site: Office) -> dict[UUID, str]:
    """What became of every command."""
    with site.server.admin.connect() as connection:
        rows = connection.execute(text("select op_id, state from command_result"))
        return {row[0]: row[1] for row in rows}


def assert_all_applied_once(site: Office, saved: list[Saved], *desks: Desk) -> None:
    """Every command has a number of its own, without a gap, and was applied; all desks show it."""
    site.sync(*desks)
    site.sync(*desks)
    there, decided = inbox(site), results(site)
    assert {one.op_id: decided.get(one.op_id) for one in saved} == {
        one.op_id: "applied" for one in saved
    }
    assert set(decided.values()) == {"applied"}
    assert there.keys() == decided.keys()
    of_each: dict[UUID, list[int]] = {}
    for device, number in there.values():
        of_each.setdefault(device, []).append(number)
    for numbers in of_each.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
    for desk in desks:
        assert desk.status().pending == desk.status().refused == desk.status().conflicts == 0
        assert_same_rows(desk, site.server)


@pytest.mark.parametrize("clone_first", [False, True])
@pytest.mark.parametrize("answer_known", [False, True])
def test_copied_with_commands_that_wait(
    site: Office, clone_first: bool, answer_known: bool
) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    saved = [anna.execute(edit(anna, project, note="复制之前写的"))]
    if answer_known:
        turn_until_idle(anna)
        saved.append(anna.execute(edit(anna, project, address="也是复制之前")))
    copied(site, anna, "copy")
    anna, clone = site.desk("anna"), site.desk("anna", "copy")
    saved.append(anna.execute(edit(anna, project, region="原来的电脑")))
    saved.append(clone.execute(edit(clone, project, owner_name="复制的电脑")))
    for desk in (clone, anna) if clone_first else (anna, clone):
        turn_until_idle(desk)
    assert anna.status().device_id != clone.status().device_id
    saved.append(clone.execute(edit(clone, project, code="XM-01")))
    saved.append(anna.execute(edit(anna, project, name="新名字")))
    assert_all_applied_once(site, saved, anna, clone)
    there = inbox(site)
    assert len({there[one.op_id][0] for one in saved[-2:]}) == 2


def test_a_copy_is_told_apart_before_numbers_meet(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    copied(site, anna, "copy")
    anna, clone = site.desk("anna"), site.desk("anna", "copy")
    before = anna.status().device_id
    first = clone.execute(edit(clone, project, note="复制的电脑先到"))
    turn_until_idle(clone)
    assert inbox(site)[first.op_id][0] == before
    # Nothing to send: the original finds out when it says hello.
    turn_until_idle(anna)
    assert anna.status().device_id != before
    saved = [first, anna.execute(edit(anna, project, region="原来的电脑"))]
    assert_all_applied_once(site, saved, anna, clone)


def test_both_at_once_take_turns(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    copied(site, anna, "copy")
    desks = (site.desk("anna"), site.desk("anna", "copy"))
    saved: list[Saved] = []
    fields = (("note", "owner_name"), ("region", "code"), ("address", "name"))
    for pair in fields:
        for desk, field in zip(desks, pair, strict=True):
            saved.append(desk.execute(edit(desk, project, **{field: f"{field}-{len(saved)}"})))
        for desk in desks:
            turn_until_idle(desk)
    assert_all_applied_once(site, saved, *desks)


def test_a_folder_set_back_to_an_older_copy(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    pending = anna.execute(edit(anna, project, note="快照之前"))
    copied(site, anna, "snapshot")
    anna = site.desk("anna")
    saved = [pending, anna.execute(edit(anna, project, region="快照之后"))]
    site.sync(anna)
    anna.close()
    folder = site.profile("anna").folder
    shutil.rmtree(folder)
    shutil.copytree(site.profile("anna", "snapshot").folder, folder)
    again = site.desk("anna")
    assert again.status().unsent == 1
    saved.append(again.execute(edit(again, project, owner_name="恢复之后")))
    assert_all_applied_once(site, saved, again)
