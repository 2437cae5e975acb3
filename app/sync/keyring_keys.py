"""A desk's secrets in the operating system's own store."""

from typing import Final

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from app.core.errors import EnvironmentFault

SERVICE: Final = "gantry"

# Stores of the operating systems that seal what they keep. Others may write it down plainly.
_SEALING: Final = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)


class KeyringKeys:
    """Secrets in the operating system's own store."""

    def __init__(self, profile_id: str, ring: KeyringBackend | None = None) -> None:
        """EnvironmentFault `sync.no_keyring` if this computer has none that seals."""
        self._profile_id = profile_id
        self._ring = ring or sealing_keyring()

    def load(self, name: str) -> str | None:
        """A secret."""
        try:
            return self._ring.get_password(SERVICE, self._user(name))
        except KeyringError as error:
            raise _closed(error) from error

    def save(self, name: str, secret: str) -> None:
        """Keeps a secret."""
        try:
            self._ring.set_password(SERVICE, self._user(name), secret)
        except KeyringError as error:
            raise _closed(error) from error

    def forget(self, name: str) -> None:
        """Removes a secret."""
        try:
            self._ring.delete_password(SERVICE, self._user(name))
        except PasswordDeleteError:
            return
        except KeyringError as error:
            raise _closed(error) from error

    def _user(self, name: str) -> str:
        return f"{self._profile_id}/{name}"


def sealing_keyring() -> KeyringBackend:
    """The computer's keyring. EnvironmentFault `sync.no_keyring` if there is none that seals."""
    found = keyring.get_keyring()
    candidates = getattr(found, "backends", [found])
    for candidate in candidates:
        if type(candidate).__module__.startswith(_SEALING):
            ring: KeyringBackend = candidate
            return ring
    raise EnvironmentFault("sync.no_keyring")


def _closed(error: Exception) -> EnvironmentFault:
    return EnvironmentFault("sync.keyring_closed", detail=str(error)[:200])
