"""A desk on the command line: where its keys are, and who else holds it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from app.cli.main import main
from app.sync.sealed_keys import SEALED_FILE
from tests.cli.conftest import PASSWORD, NewDesk
from tests.cli.running import secret

HOLDER = (
    "import sys; from pathlib import Path; from app.sync.profile import ProfileLock;"
    "lock = ProfileLock(Path(sys.argv[1])); lock.take();"
    "print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """A computer whose keyring seals nothing."""
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    yield
    keyring.set_keyring(before)


def with_sealed_keys(profile: Path, passphrase: str, *words: str) -> int:
    """Runs a command whose password and passphrase come through descriptors."""
    with secret(PASSWORD) as password, secret(passphrase) as key:
        options = ["--profile", str(profile), "--password-fd", password, "--key-fd", key]
        return main([*words, *options])


@pytest.mark.usefixtures("no_keyring")
def test_sealed_keys_from_end_to_end(new_desk: NewDesk, capsys: pytest.CaptureFixture[str]) -> None:
    profile = new_desk().profile
    assert with_sealed_keys(profile, "门前大桥下", "sync", "--wait", "30") == 0
    assert capsys.readouterr().out.startswith("connected")
    assert with_sealed_keys(profile, "门前大桥下", "show", "people", "--offline") == 0
    assert "login=anna" in capsys.readouterr().out
    assert with_sealed_keys(profile, "another", "show", "people", "--offline") == 1
    assert "passphrase" in capsys.readouterr().err
    for file in profile.iterdir():
        body = file.read_bytes()
        assert "门前大桥下".encode() not in body
        assert PASSWORD.encode() not in body
        assert "安娜".encode() not in body


@pytest.mark.usefixtures("no_keyring")
def test_without_keyring_and_terminal_the_way_out_is_told(
    new_desk: NewDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = new_desk().profile
    words = ["status", "--profile", str(profile), "--offline"]
    assert main(words) == 1
    assert "--key-fd" in capsys.readouterr().err
    assert with_sealed_keys(profile, "a passphrase", "status", "--offline") == 0
    capsys.readouterr()
    assert (profile / SEALED_FILE).exists()
    # Nor does it wait for a passphrase that nobody is there to type.
    assert main(words) == 1
    assert "--key-fd" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--password-fd", "--key-fd"])
def test_a_descriptor_that_is_not_open_is_told(
    new_desk: NewDesk, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    words = ["status", "--profile", str(new_desk().profile), "--offline", option, "987"]
    if option == "--password-fd":
        words.append("--demo-keys")
    assert main(words) == 1
    assert "987" in capsys.readouterr().err


def test_a_profile_in_use_names_the_process(new_desk: NewDesk) -> None:
    anna = new_desk()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(anna.profile)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().startswith(b"held")
        fault = anna.fault("status", "--offline")
        assert fault["id"] == "sync.in_use"
        assert f"process {holder.pid}" in fault["words"]
    assert anna("status", "--offline")["link"] == "stopped"


def test_keys_of_another_profile_do_not_open_the_files(new_desk: NewDesk) -> None:
    anna = new_desk()
    anna("sync")
    other = new_desk("anna", "other")
    for name in ("outbox.db", "cache.db"):
        (other.profile / name).write_bytes((anna.profile / name).read_bytes())
    said = other("status", "--offline")
    assert said["data_as_of"] is None


def test_the_only_desk_of_an_account_need_not_be_named(
    new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = new_desk().profile
    monkeypatch.setenv("GANTRY_PROFILES_FOLDER", str(profile.parent))
    words = ["status", "--offline", "--demo-keys", "--json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["login"] == "anna"
    (profile.parent / "another").mkdir()
    (profile.parent / "another" / "profile.toml").touch()
    assert main(words) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["id"] == "cli.which_profile"
    assert error["parameters"]["names"] == f"{profile.name}, another" or (
        error["parameters"]["names"] == f"another, {profile.name}"
    )
