"""Profiles on disk, and which servers they let a desk talk to."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import EnvironmentFault, InputRejected
from app.sync.profile import (
    PROFILE_FILE,
    ProfileLock,
    is_loopback,
    load_profile,
    new_profile,
    save_profile,
)

printable = st.text(min_size=1, max_size=20).filter(
    lambda text: (text.strip() and text.isprintable()) or ("\x7f" in text and text.strip())
)


def test_a_profile_comes_back_as_it_was(tmp_path: Path) -> None:
    made = new_profile(tmp_path / "项目部", "zhang.wei", ("a.example", "b.example"), language="en")
    save_profile(made)
    save_profile(made)
    assert load_profile(made.folder) == made
    assert b"password" not in (made.folder / PROFILE_FILE).read_bytes()


@settings(max_examples=40, deadline=None)
@given(login=printable, database=printable)
def test_any_words_come_back(
    tmp_path_factory: pytest.TempPathFactory, login: str, database: str
) -> None:
    made = new_profile(tmp_path_factory.mktemp("p"), login, ("h",), database=database)
    save_profile(made)
    assert load_profile(made.folder) == made


def test_no_profile(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        load_profile(tmp_path)


@pytest.mark.parametrize(
    ("body", "findings"),
    [
        (b"\xff", 1),
        (b"login =", 1),
        (b'login = "a"\nextra = 1', 1),
        (b"login = " + b"[" * 30_000, 1),
        (b"login = " + b"1" * 5_000, 1),
        (b"#" * 70_000 + b'\nlogin = "a"', 1),
        (
            b'profile_id = "00000000-0000-7000-8000-000000000001"\nlogin = "a"\n'
            b'[server]\nhosts = ["127.0.0.1,evil.example", "db.example"]\n',
            1,
        ),
        (
            b'profile_id = "00000000-0000-7000-8000-000000000001"\nlogin = " "\nlanguage = "fr"\n'
            b'[server]\nhosts = []\nport = 70000\nsslmode = "maybe"\ndatabase = ""',
            6,
        ),
    ],
)
def test_all_findings_are_told(tmp_path: Path, body: bytes, findings: int) -> None:
    (tmp_path / PROFILE_FILE).write_bytes(body)
    with pytest.raises(InputRejected) as raised:
        load_profile(tmp_path)
    assert len(raised.value.findings) == findings


@pytest.mark.parametrize("sslmode", ["disable", "prefer", "require", "verify-ca"])
def test_a_server_elsewhere_has_to_prove_itself(tmp_path: Path, sslmode: str) -> None:
    elsewhere = new_profile(tmp_path, "a", ("127.0.0.1", "10.1.2.3"), sslmode=sslmode)
    with pytest.raises(EnvironmentFault) as raised:
        elsewhere.addresses()
    assert raised.value.reason.text_id == "sync.tls_required"
    here = new_profile(tmp_path, "a", ("127.0.0.1", "::1", "localhost"), sslmode=sslmode)
    assert [address.host for address in here.addresses()] == ["127.0.0.1", "::1", "localhost"]


def test_verified_servers_are_fine(tmp_path: Path) -> None:
    (address,) = new_profile(tmp_path, "a", ("db.example",)).addresses()
    assert (address.sslmode, address.sslrootcert) == ("verify-full", "system")


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1.example.com", "localhost.evil", "", "0.0.0.0"),
        # libpq takes what follows a comma for another host.
        *("::1%,evil.example", "::1%lo"),
    ],
)
def test_what_only_looks_like_this_computer(host: str) -> None:
    assert not is_loopback(host)


def test_the_lock_names_its_owner_and_goes_with_it(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from app.sync.profile import ProfileLock\n"
        "lock = ProfileLock(Path(sys.argv[1])); lock.take()\n"
        "sys.stdout.write('taken\\n'); sys.stdout.flush(); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"taken"
        lock = ProfileLock(tmp_path)
        with pytest.raises(EnvironmentFault) as raised:
            lock.take()
        assert raised.value.reason.parameters == {"process": str(other.pid)}
        other.kill()
    lock.take()
    lock.release()
