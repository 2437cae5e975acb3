import shutil
import subprocess
from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault
from app.server.embedded import binaries as programs
from app.server.embedded.binaries import Binaries
from app.server.embedded.place import Account

# An id that no file of this machine belongs to.
_STRANGER = Account("stranger", 4_000_001, 4_000_001)


def test_the_wheel_holds_what_we_run() -> None:
    found = programs.installed()
    assert found.missing() == ()
    assert found.pg_basebackup.is_file()
    assert programs.major_version(found) == "18"
    assert programs.readable_by(None, found, Path("unused")) is found


def test_programs_below_a_private_folder_are_copied_and_run_there(tmp_path: Path) -> None:
    private = tmp_path / "private" / "site-packages"
    original = programs.installed().folder.parent.parent
    shutil.copytree(original, private / original.name)
    libraries = original.with_name(f"{original.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, private / libraries.name)
    (tmp_path / "private").chmod(0o700)
    hidden = Binaries(private / original.name / "pginstall" / "bin", "18.6.3")

    copied = programs.readable_by(_STRANGER, hidden, tmp_path / "shared")
    assert copied.folder.is_relative_to(tmp_path / "shared" / "postgres-18.6.3")
    assert copied.missing() == ()
    assert programs.major_version(copied) == "18"
    said = subprocess.run([copied.psql, "--version"], capture_output=True, timeout=20, check=True)
    assert b"PostgreSQL" in said.stdout
    first = copied.postgres.stat().st_mtime_ns
    assert programs.readable_by(_STRANGER, hidden, tmp_path / "shared") == copied
    assert copied.postgres.stat().st_mtime_ns == first
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["postgres-18.6.3"]


def test_a_program_that_says_no_version_is_told(tmp_path: Path) -> None:
    silent = Binaries(tmp_path, "0")
    shutil.copy(shutil.which("true") or "/bin/true", silent.postgres)
    with pytest.raises(EnvironmentFault) as raised:
        programs.major_version(silent)
    assert raised.value.reason.text_id == "server.embedded.no_binaries"
    assert set(silent.missing()) == {"initdb", "pg_ctl", "pg_dump", "pg_restore"}
