"""A file is the old or the new one."""

import os
from pathlib import Path

import pytest

from app.sync.atomic import write_atomically


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "x"
    write_atomically(file, b"one")
    (tmp_path / "x.new").write_bytes(b"left behind by a crash")
    write_atomically(file, b"two")
    assert file.read_bytes() == b"two"
    assert [found.name for found in tmp_path.iterdir()] == ["x"]
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_a_failed_write_leaves_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "x"
    write_atomically(file, b"one")
    (tmp_path / "x.new").mkdir()
    with pytest.raises(OSError):
        write_atomically(file, b"two")
    assert file.read_bytes() == b"one"
