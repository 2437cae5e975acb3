"""Keyrings: the test's own, and those that must not be trusted."""

from collections.abc import Callable

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from app.core.errors import EnvironmentFault
from app.sync.keyring_keys import KeyringKeys, sealing_keyring


class MemoryKeyring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked("locked")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("none")
        del self.kept[service, username]


def test_secrets_of_profiles_are_apart() -> None:
    ring = MemoryKeyring()
    one, two = KeyringKeys("one", ring), KeyringKeys("two", ring)
    one.save("password", "龙门")
    assert one.load("password") == "龙门"
    assert two.load("password") is None
    one.forget("password")
    one.forget("password")
    assert one.load("password") is None


def test_a_locked_keyring_is_told() -> None:
    ring = MemoryKeyring()
    keys = KeyringKeys("one", ring)
    ring.locked = True
    with pytest.raises(EnvironmentFault) as raised:
        keys.load("a")
    assert raised.value.reason.text_id == "sync.keyring_closed"
    with pytest.raises(EnvironmentFault):
        keys.save("a", "b")


@pytest.mark.parametrize("ring", [NoKeyring, MemoryKeyring])
def test_only_sealing_keyrings_are_trusted(
    ring: Callable[[], KeyringBackend], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = ring()
    monkeypatch.setattr("keyring.get_keyring", lambda: made)
    with pytest.raises(EnvironmentFault) as raised:
        sealing_keyring()
    assert raised.value.reason.text_id == "sync.no_keyring"
