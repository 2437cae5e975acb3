from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault
from app.server import posix
from app.server.embedded.place import Account

_STRANGER = Account("stranger", 4_000_001, 4_000_001)


def test_a_private_folder_keeps_strangers_out(tmp_path: Path) -> None:
    base = Path(tmp_path.anchor)
    assert posix.may_enter(base, _STRANGER)
    tmp_path.chmod(0o700)
    assert not posix.may_enter(tmp_path, _STRANGER)
    assert posix.may_enter(tmp_path, posix.own_account())


def test_the_rights_of_owner_group_and_others_are_told_apart(tmp_path: Path) -> None:
    own = posix.own_account()
    file = tmp_path / "file"
    file.write_text("x", encoding="ascii")
    file.chmod(0o044)
    assert not posix.may_read(file, own)
    file.chmod(0o400)
    assert posix.may_read(file, own)
    colleague = Account("colleague", 4_000_001, own.group_id)
    tmp_path.chmod(0o750)
    assert not posix._allows(file, colleague, 0o4)
    file.chmod(0o440)
    assert posix._allows(file, colleague, 0o4)
    assert not posix._allows(file, _STRANGER, 0o4)


def test_files_are_owned_by_who_made_them(tmp_path: Path) -> None:
    assert posix.owner_of(tmp_path) == posix.own_account().user_id
    posix.give_to(tmp_path, posix.own_account())


def test_a_user_without_a_name_is_told() -> None:
    assert posix.account_of(0).name == "root"
    with pytest.raises(EnvironmentFault) as raised:
        posix.account_of(_STRANGER.user_id)
    assert raised.value.reason.text_id == "server.embedded.no_account_name"
