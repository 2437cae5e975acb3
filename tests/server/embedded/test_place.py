import os
import stat
from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault
from app.server.embedded import place


def test_a_note_survives(tmp_path: Path) -> None:
    assert place.read_note(tmp_path) is None
    note = place.with_port(place.Note("0" * 32), 15_432)
    place.write_note(tmp_path, note)
    assert place.read_note(tmp_path) == note
    assert [path.name for path in tmp_path.iterdir()] == [place.NOTE_FILE]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "not json",
        '{"id": "../../etc", "port": null}',
        '{"id": "00000000000000000000000000000000"}',
        '{"id": "00000000000000000000000000000000", "port": 0}',
        '{"id": "00000000000000000000000000000000", "port": true}',
        '{"id": "00000000000000000000000000000000", "port": 65536}',
    ],
)
def test_a_damaged_note_is_told_and_kept(tmp_path: Path, text: str) -> None:
    (tmp_path / place.NOTE_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(EnvironmentFault) as raised:
        place.prepare(tmp_path)
    assert raised.value.reason.text_id == "server.embedded.note_damaged"
    assert (tmp_path / place.NOTE_FILE).read_text(encoding="utf-8") == text


def test_a_made_folder_lets_others_pass_whatever_the_umask(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    before = os.umask(0o077)
    try:
        place.make_enterable(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (tmp_path, tmp_path / "a" / "b")]
    assert modes == [0o700, 0o711]


def test_preparing_twice_gives_the_same_place(tmp_path: Path) -> None:
    first, note = place.prepare(tmp_path / "new" / "folder")
    second, again = place.prepare(tmp_path / "new" / "folder")
    assert (first, note) == (second, again)
    assert first.home.is_dir()
    if first.home != first.folder:
        first.home.rmdir()
