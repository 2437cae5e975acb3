"""Beside a running embedded server only the keyring opens the way."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import PasswordDeleteError

from app.core.errors import EnvironmentFault
from app.server.access import administer, publish, withdraw
from app.server.embedded.controller import EmbeddedPostgres
from app.server.journal import Journal
from app.server.serving import embedded_source
from tests.postgres import new_server_folder


class Ring(KeyringBackend):
    """A keyring in memory, of a kind that seals."""

    priority = 1
    __module__ = "keyring.backends.libsecret"

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    made = Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = new_server_folder()
    yield made
    EmbeddedPostgres(made).remove()


def test_beside_a_running_server(folder: Path, ring: Ring) -> None:
    with embedded_source(folder, Journal()):
        assert len(ring.kept) == 1
        with administer(folder=folder) as access:
            assert access.database == "gantry"
        ring.kept.clear()
        with pytest.raises(EnvironmentFault) as caught, administer(folder=folder):
            raise AssertionError
        assert caught.value.reason.text_id == "server.admin.embedded_in_use"
    assert ring.kept == {}


def test_without_a_keyring_nothing_is_published(folder: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    assert publish(folder, "secret") is False
    withdraw(folder)
    keyring.set_keyring(before)
