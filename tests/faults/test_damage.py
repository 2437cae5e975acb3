"""Files of a desk overwritten at random places: the cache is built anew, the outbox saved from."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from app.core.errors import EnvironmentFault
from app.sync.cache import CACHE_FILE
from app.sync.desk import Desk
from app.sync.outbox_copy import COPY_FILE, OUTBOX_FILE, copy_outbox
from app.sync.staging import STAGE_FILE
from tests.faults import invariants
from tests.faults.damage import KINDS, copy_as_killed, put_back
from tests.faults.reading import desk_state, rows_for, server_state
from tests.sync.desks import Office, edit, founded_project, name_of, turn_until_idle

ROUNDS = 2
TRIES = 4
# What a person may be told while a cache is built anew. Nothing was saved then.
TOLD = {"sync.cache_damaged", "sync.not_filled_yet"}
LOSS_TOLD = {"sync.outbox_recovered", "sync.outbox_incomplete"}
ALL_FILES = (CACHE_FILE, STAGE_FILE, OUTBOX_FILE)


class Spoilt:
    """Anna's desk, whose files are spoilt round after round."""

    def __init__(self, site: Office, folder: Path) -> None:
        self.site = site
        self.aside = folder / "aside"
        self.desk = site.filled("anna")
        self.project = founded_project(site, self.desk)
        self.folder = self.desk.profile.folder
        self.saved: set[UUID] = set()
        self._count = 0

    def edit(self) -> None:
        """An edit; it is made again when the desk says aloud that it was not saved."""
        self._count += 1
        for _ in range(TRIES):
            if name_of(self.desk, self.project) is None:
                self.turn()
            try:
                command = edit(self.desk, self.project, note=f"{self._count} {'门' * 900}")
                self.saved.add(self.desk.execute(command).op_id)
                return
            except EnvironmentFault as fault:
                if fault.reason.text_id not in TOLD:
                    raise
                self.turn()
        raise AssertionError("the desk does not take edits again")

    def turn(self) -> None:
        self.desk._store.link.retry_now()
        turn_until_idle(self.desk)

    def sync(self) -> None:
        self.site.sync(self.desk)
        self.site.sync(self.desk)

    def kill_and_spoil(self, spoil: Callable[[Path], None]) -> None:
        """As after kill -9, with the files spoilt before the next start."""
        copy_as_killed(self.folder, ALL_FILES, self.aside)
        self.desk.close()
        put_back(self.aside, ALL_FILES, self.folder)
        spoil(self.folder)
        self.desk = self.site.desk("anna")

    def findings(self) -> list[str]:
        server = server_state(self.site.server.admin)
        theirs = rows_for(self.site.server.engine_as("anna"))
        return [
            *invariants.of_server(server),
            *invariants.after_healing(desk_state(self.desk), theirs),
        ]


def _spoil(kind: str, name: str, chance: Random, folder: Path) -> None:
    KINDS[kind](folder / name, chance)


@pytest.fixture
def spoilt(site: Office, tmp_path: Path) -> Spoilt:
    return Spoilt(site, tmp_path)


@pytest.mark.parametrize("name", [CACHE_FILE, STAGE_FILE])
@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_cache_costs_nothing(spoilt: Spoilt, kind: str, name: str) -> None:
    for seed in range(ROUNDS):
        chance = Random(seed)
        spoilt.edit()
        spoilt.sync()
        spoilt.edit()
        spoilt.turn()
        spoilt.edit()
        # Sent, and not sent: both are only in the outbox now, and in the spoilt cache.
        spoilt.kill_and_spoil(partial(_spoil, kind, name, chance))
        assert in_outbox(spoilt.desk) >= spoilt.saved
        spoilt.turn()
        spoilt.edit()
        spoilt.sync()
        assert spoilt.findings() == []
        assert_all_applied(spoilt, spoilt.saved)


@pytest.mark.parametrize("kind", ["header", "middle", "page", "log", "zeroed"])
def test_a_cache_is_spoilt_under_an_open_desk(spoilt: Spoilt, kind: str) -> None:
    for seed in range(ROUNDS):
        chance = Random(seed)
        spoilt.edit()
        spoilt.sync()
        spoilt.edit()
        KINDS[kind](spoilt.folder / CACHE_FILE, chance)
        spoilt.edit()
        spoilt.turn()
        spoilt.sync()
        # What SQLite had in memory hides some damage until the next start.
        spoilt.kill_and_spoil(lambda folder: None)
        spoilt.sync()
        assert spoilt.findings() == []
        assert_all_applied(spoilt, spoilt.saved)


def test_a_cache_that_is_an_older_copy_of_itself(spoilt: Spoilt) -> None:
    older = spoilt.aside.with_name("older")
    spoilt.edit()
    copy_as_killed(spoilt.folder, (CACHE_FILE,), older)
    for _ in range(3):
        spoilt.edit()
        spoilt.sync()
    spoilt.edit()
    spoilt.kill_and_spoil(lambda folder: put_back(older, (CACHE_FILE,), folder))
    spoilt.edit()
    spoilt.sync()
    assert spoilt.findings() == []
    # The last edit was made on what the older copy showed: a person decides, if anybody has to.
    assert_all_decided(spoilt, spoilt.saved)


def test_a_cache_of_another_desk(spoilt: Spoilt) -> None:
    spoilt.edit()
    boris = spoilt.site.filled("boris")
    copy_as_killed(boris.profile.folder, (CACHE_FILE,), spoilt.aside.with_name("other"))
    other = spoilt.aside.with_name("other")
    spoilt.kill_and_spoil(lambda folder: put_back(other, (CACHE_FILE,), folder))
    assert [one.text_id for one in spoilt.desk.status().notices] == ["sync.cache_rebuilt"]
    spoilt.edit()
    spoilt.sync()
    assert spoilt.findings() == []
    assert_all_applied(spoilt, spoilt.saved)


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_outbox_gives_back_what_can_be_read(spoilt: Spoilt, kind: str) -> None:
    for seed in range(ROUNDS):
        chance = Random(seed)
        spoilt.edit()
        spoilt.sync()
        spoilt.edit()
        spoilt.turn()
        spoilt.edit()
        copied = set(spoilt.saved)
        copy_outbox(spoilt.desk._store.outbox, spoilt.folder)
        spoilt.edit()
        spoilt.turn()
        stored = set(spoilt.saved)
        spoilt.edit()
        spoilt.kill_and_spoil(partial(_spoil, kind, OUTBOX_FILE, chance))
        left = in_outbox(spoilt.desk)
        told = {one.text_id for one in spoilt.desk.status().notices}
        # Whatever is not left, and did not reach the server before, is told of.
        assert spoilt.saved - stored <= left or told & LOSS_TOLD
        assert copied <= left | stored
        spoilt.turn()
        spoilt.edit()
        spoilt.sync()
        assert spoilt.findings() == []
        # What was in the copy, what the server had, what could still be read, and the last edit.
        spoilt.saved &= copied | stored | left | in_outbox(spoilt.desk)
        assert_all_decided(spoilt, spoilt.saved)


def test_an_outbox_that_is_an_older_copy_of_itself(spoilt: Spoilt) -> None:
    spoilt.edit()
    spoilt.desk.close()
    older = spoilt.aside.with_name("older")
    copy_as_killed(spoilt.folder, (OUTBOX_FILE,), older)
    spoilt.desk = spoilt.site.desk("anna")
    spoilt.edit()
    spoilt.sync()
    spoilt.desk.close()
    put_back(older, (OUTBOX_FILE,), spoilt.folder)
    spoilt.desk = spoilt.site.desk("anna")
    # Its next number is one that the server already knows of another command.
    spoilt.edit()
    spoilt.sync()
    assert spoilt.findings() == []
    assert_all_decided(spoilt, spoilt.saved)


def test_a_spoilt_copy_of_the_outbox_harms_nobody(spoilt: Spoilt) -> None:
    spoilt.edit()
    copy_outbox(spoilt.desk._store.outbox, spoilt.folder)
    spoilt.kill_and_spoil(partial(_spoil, "header", COPY_FILE, Random(1)))
    assert spoilt.desk.status().notices == ()
    spoilt.sync()
    assert spoilt.findings() == []
    assert_all_applied(spoilt, spoilt.saved)


def in_outbox(desk: Desk) -> set[UUID]:
    rows = desk._store.outbox.rows("SELECT op_id FROM command")
    return {UUID(row[0]) for row in rows}


def assert_all_applied(spoilt: Spoilt, saved: set[UUID]) -> None:
    states = server_state(spoilt.site.server.admin).state_of
    assert {op_id: states.get(op_id) for op_id in saved} == dict.fromkeys(saved, "applied")


def assert_all_decided(spoilt: Spoilt, saved: set[UUID]) -> None:
    assert invariants.saved_ends(saved, server_state(spoilt.site.server.admin)) == []
