"""Space that is kept back on the disk."""

import errno
from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault
from app.sync.ballast import Ballast, with_room

SIZE = 4096


def test_it_takes_its_space_and_gives_it_back(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path, SIZE)
    ballast.ensure()
    (file,) = tmp_path.iterdir()
    # Not a hole in a file: zeros would take no space on many a disk.
    assert set(file.read_bytes()) == {1}
    assert file.stat().st_size == SIZE
    ballast.drop()
    assert list(tmp_path.iterdir()) == []
    ballast.drop()
    ballast.ensure()
    assert file.stat().st_size == SIZE


def test_what_an_interruption_cut_short_is_filled_up(tmp_path: Path) -> None:
    (tmp_path / "ballast").write_bytes(b"\x01" * 10)
    Ballast(tmp_path, SIZE).ensure()
    assert (tmp_path / "ballast").stat().st_size == SIZE


def test_without_room_no_edit_is_taken(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "not there", SIZE)
    with pytest.raises(EnvironmentFault) as raised:
        ballast.ensure()
    assert raised.value.reason.text_id == "sync.disk_full"
    assert raised.value.reason.parameters["folder"] == str(tmp_path / "not there")
    (tmp_path / "not there").mkdir()
    ballast.ensure()
    assert (tmp_path / "not there" / "ballast").stat().st_size == SIZE


def test_files_are_opened_in_the_room_that_was_kept(tmp_path: Path) -> None:
    Ballast(tmp_path, SIZE).ensure()

    def opening() -> str:
        if (tmp_path / "ballast").exists():
            raise OSError(errno.ENOSPC, "no space")
        return "opened"

    assert with_room(tmp_path, opening) == "opened"


def test_what_cannot_be_opened_is_told_as_it_is(tmp_path: Path) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "no space")

    with pytest.raises(EnvironmentFault) as raised:
        with_room(tmp_path, full)
    assert raised.value.reason.text_id == "sync.disk_full"

    def forbidden() -> None:
        raise PermissionError(errno.EACCES, "not yours")

    with pytest.raises(PermissionError):
        with_room(tmp_path, forbidden)
