"""`gantry join` makes a desk from a file, or says what is wrong with the file."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.main import main
from app.server.invitation import Invitation, write_invitation
from app.sync.profile import load_profile
from tests.cli.running import secret
from tests.servers import Server, fresh_server

Said = pytest.CaptureFixture[str]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")
    with fresh_server() as made:
        yield made


@pytest.fixture
def file(server: Server, tmp_path: Path) -> Path:
    path = tmp_path / "join.json"
    invited = Invitation(
        login="yue.fei",
        hosts=["127.0.0.1"],
        port=server.running.port,
        database=server.database,
        certificate_authority="",
    )
    path.write_text(write_invitation(invited), encoding="utf-8")
    return path


def test_join(server: Server, file: Path, tmp_path: Path, capsys: Said) -> None:
    password = server.add_person("yue.fei")
    desk = tmp_path / "desk"
    with secret(password) as descriptor:
        words = ["join", str(file), "--profile", str(desk), "--password-fd", descriptor, "--json"]
        assert main(words) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["login"], said["logged_in"]) == ("yue.fei", True)
    profile = load_profile(desk)
    assert (profile.login, profile.port, profile.language) == ("yue.fei", server.running.port, "en")
    assert main(["join", str(file), "--profile", str(desk)]) == 1
    assert "nothing was overwritten" in capsys.readouterr().err


def test_a_wrong_password_leaves_no_desk(
    server: Server, file: Path, tmp_path: Path, capsys: Said
) -> None:
    server.add_person("yue.fei")
    with secret("wrong") as descriptor:
        words = ["join", str(file), "--profile", str(tmp_path / "desk")]
        assert main([*words, "--password-fd", descriptor]) == 1
    assert main(words) == 0
    assert "Compare the fingerprint" in capsys.readouterr().out


def test_a_bad_file_is_refused_with_all_its_faults(tmp_path: Path, capsys: Said) -> None:
    bad = tmp_path / "join.json"
    bad.write_text(
        '{"login": "A", "hosts": ["x y"], "port": 99999, "database": "d",'
        ' "certificate_authority": "", "fingerprint": "0"}',
        encoding="utf-8",
    )
    assert main(["join", str(bad), "--profile", str(tmp_path / "desk"), "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert {one["where"] for one in error["findings"]} == {
        *("fingerprint", "login", "hosts", "port", "certificate_authority")
    }
    assert not (tmp_path / "desk").exists()


def test_without_a_folder_the_desk_is_named_after_the_login(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GANTRY_PROFILES_FOLDER", str(tmp_path / "desks"))
    assert main(["join", str(file)]) == 0
    assert load_profile(tmp_path / "desks" / "yue.fei").login == "yue.fei"
