"""The doctor's checks as the settings page shows them."""

from pathlib import Path

from app.cli.checks import desk_checks
from app.server.health import all_checks


def test_a_folder_that_cannot_be_written_is_unsound(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="ascii")
    known = [check.said for check in desk_checks(tmp_path)() if not check.is_sound]
    found = desk_checks(tmp_path / "file" / "desk")()
    (unsound,) = [check for check in found if not check.is_sound and check.said not in known]
    assert str(tmp_path / "file" / "desk") in str(unsound.said.parameters)
    assert unsound.advice is not None
    assert len(found) == len(all_checks(tmp_path))
