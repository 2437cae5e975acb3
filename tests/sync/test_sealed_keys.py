"""Secrets under a passphrase."""

import os
from pathlib import Path

import msgspec
import pytest

from app.core.errors import EnvironmentFault
from app.sync.clock import SystemChance
from app.sync.sealed_keys import SEALED_FILE, SealedKeys, asked_at_prompt

CHEAP = 2**4


def _open(folder: Path, passphrase: str) -> SealedKeys:
    return SealedKeys(folder, lambda: passphrase, SystemChance(), cost=CHEAP)


def _fault(folder: Path, passphrase: str) -> str:
    with pytest.raises(EnvironmentFault) as raised:
        _open(folder, passphrase)
    return raised.value.reason.text_id


def test_secrets_come_back_with_the_passphrase_only(tmp_path: Path) -> None:
    keys = _open(tmp_path, "门前大桥下")
    keys.save("password", "游过一群鸭")
    keys.save("other", "x")
    keys.forget("other")
    keys.forget("other")
    again = _open(tmp_path, "门前大桥下")
    assert again.load("password") == "游过一群鸭"
    assert again.load("other") is None
    assert _fault(tmp_path, "wrong") == "sync.passphrase_wrong"
    assert _fault(tmp_path, "") == "sync.passphrase_empty"
    body = (tmp_path / SEALED_FILE).read_bytes()
    assert "游过一群鸭".encode() not in body
    if os.name == "posix":
        assert (tmp_path / SEALED_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("cost", [2**30, 3, 0, -4])
def test_a_hostile_cost_is_refused(tmp_path: Path, cost: int) -> None:
    _open(tmp_path, "x").save("a", "b")
    file = tmp_path / SEALED_FILE
    found = msgspec.json.decode(file.read_bytes())
    file.write_bytes(msgspec.json.encode(found | {"cost": cost}))
    assert _fault(tmp_path, "x") == "sync.keys_damaged"


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / SEALED_FILE).write_bytes(b"\x00" * 100)
    assert _fault(tmp_path, "x") == "sync.keys_damaged"


def test_a_passphrase_from_the_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: f"answer to {prompt}")
    assert asked_at_prompt("口令：")() == "answer to 口令："
