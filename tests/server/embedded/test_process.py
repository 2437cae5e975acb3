import os
import sys
from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault
from app.server.embedded import process


def test_a_program_gets_its_input_and_its_words_are_kept(tmp_path: Path) -> None:
    ran = process.run(
        [sys.executable, "-c", "print(input()); raise SystemExit(3)"],
        account=None,
        folder=tmp_path,
        output=tmp_path / "log",
        seconds=20,
        typed=b"typed\n",
    )
    assert (ran.code, ran.said.strip()) == (3, "typed")


def test_a_program_that_hangs_is_ended(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as raised:
        process.run(
            [sys.executable, "-c", "import time; time.sleep(600)"],
            account=None,
            folder=tmp_path,
            output=tmp_path / "log",
            seconds=0.2,
        )
    assert raised.value.reason.text_id == "server.embedded.too_slow"


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as raised:
        process.run(
            [tmp_path / "no_such"],
            account=None,
            folder=tmp_path,
            output=tmp_path / "log",
            seconds=5,
        )
    assert raised.value.reason.parameters["program"] == "no_such"


def test_the_environment_cannot_steer_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c fsync=off")
    monkeypatch.setenv("PGPASSWORD", "x")
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")
    environment = process.clean_environment()
    assert not any(name.startswith("PG") for name in environment)
    assert environment["LC_ALL"] == "C"
    assert "LC_MESSAGES" not in environment
    assert environment["PATH"] == os.environ["PATH"]


@pytest.mark.parametrize("content", ["", "word\n", "-\n"])
def test_an_unreadable_pid_file_names_nobody(tmp_path: Path, content: str) -> None:
    assert process.postmaster_id(tmp_path) is None
    (tmp_path / "postmaster.pid").write_text(content, encoding="utf-8")
    assert process.postmaster_id(tmp_path) is None


def test_no_server_works_in_a_folder_without_one(tmp_path: Path) -> None:
    assert process.servers_on(tmp_path) == []
    assert process.servers_on(tmp_path / "none") == []
