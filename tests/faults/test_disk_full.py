"""A full disk: refused aloud, nothing called saved that is not, and all well once there is room."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from app.core.errors import EnvironmentFault
from app.sync.ballast import BALLAST_BYTES
from app.sync.desk import Desk
from tests.faults import invariants
from tests.faults.disks import FullableDisk, LimitedFiles, limited_files, small_disk
from tests.faults.reading import desk_state, rows_for, server_state
from tests.sync.desks import Office, edit, founded_project, turn_until_idle

MOST_EDITS = 400
NOTE = "门" * 3000


class Cramped:
    """Anna's desk on a disk that gets full; boris's elsewhere."""

    def __init__(self, site: Office, disk: FullableDisk) -> None:
        self.site = site
        self.disk = disk
        profile = replace(site.profile("anna"), folder=disk.folder)
        self.anna = Desk.open(profile, site.keys(profile))
        self.boris = site.filled("boris")
        turn_until_idle(self.anna)
        self.project = founded_project(site, self.anna, self.boris)
        self.saved: set[UUID] = set()
        self._count = 0

    @property
    def ballast(self) -> Path:
        return self.disk.folder / "ballast"

    def edit(self) -> None:
        self._count += 1
        command = edit(self.anna, self.project, note=f"{self._count}{NOTE}")
        self.saved.add(self.anna.execute(command).op_id)

    def edit_until_refused(self) -> str:
        """The reason given in the end."""
        for _ in range(MOST_EDITS):
            try:
                self.edit()
            except EnvironmentFault as refused:
                return refused.reason.text_id
        raise AssertionError("the disk never gets full")

    def turn(self) -> None:
        """A turn of the link; what it cannot write it says, and it goes on."""
        self.anna._store.link.retry_now()
        turn_until_idle(self.anna)

    def in_outbox(self) -> set[UUID]:
        return {one.op_id for one in desk_state(self.anna).commands}

    def heal(self) -> list[str]:
        """There is room: what is not as it must be after everything was sent and fetched."""
        self.disk.free()
        for _ in range(3):
            self.site.sync(self.boris, self.anna)
        server = server_state(self.site.server.admin)
        theirs = rows_for(self.site.server.engine_as("anna"))
        return [
            *invariants.of_server(server),
            *invariants.saved_ends(self.saved, server),
            *invariants.after_healing(desk_state(self.anna), theirs),
        ]


Disks = Callable[[Path], AbstractContextManager[FullableDisk]]


@pytest.fixture(params=[small_disk, limited_files])
def cramped(site: Office, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Cramped]:
    make: Disks = request.param
    with make(tmp_path) as disk:
        opened = Cramped(site, disk)
        yield opened
        opened.anna.close()


def test_an_edit_on_a_full_disk_is_refused_and_leaves_nothing(cramped: Cramped) -> None:
    cramped.edit()
    assert cramped.ballast.stat().st_size == BALLAST_BYTES
    cramped.disk.fill()
    before = cramped.in_outbox()
    assert cramped.edit_until_refused() == "sync.disk_full"
    # All that was called saved is there, and nothing else.
    assert cramped.in_outbox() == before | cramped.saved
    # The room kept back was given up for it, and not taken again while the disk is full.
    assert not cramped.ballast.exists()
    cramped.disk.free()
    cramped.edit()
    assert cramped.ballast.stat().st_size == BALLAST_BYTES
    assert cramped.heal() == []


def test_a_pull_on_a_full_disk_says_so_and_goes_on_later(cramped: Cramped) -> None:
    for number in range(30):
        note = edit(cramped.boris, cramped.project, note=f"{number}{NOTE * 5}")
        cramped.saved.add(cramped.boris.execute(note).op_id)
    cramped.site.sync(cramped.boris)
    cramped.disk.fill()
    said = set()
    for _ in range(3):
        cramped.turn()
        reason = cramped.anna.status().reason
        said.add(None if reason is None else reason.text_id)
    assert said <= {"sync.disk_full", None}
    assert cramped.heal() == []


def test_a_desk_on_a_full_disk_is_opened_in_the_room_kept_or_says_so(cramped: Cramped) -> None:
    cramped.edit()
    cramped.turn()
    cramped.edit()
    profile = cramped.anna.profile
    cramped.disk.fill()
    cramped.anna.close()
    try:
        cramped.anna = Desk.open(profile, cramped.site.keys(profile))
    except EnvironmentFault:
        # A limit on the size of files is not eased by another file's end.
        if not isinstance(cramped.disk, LimitedFiles):
            raise
        cramped.disk.free()
        cramped.anna = Desk.open(profile, cramped.site.keys(profile))
        cramped.disk.fill()
    assert cramped.in_outbox() >= cramped.saved
    assert cramped.edit_until_refused() == "sync.disk_full"
    assert cramped.heal() == []
