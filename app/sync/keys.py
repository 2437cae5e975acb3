"""Where a desk's secrets are: file keys and, if wanted, the password. Never plain on disk."""

from typing import Final, Protocol

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from app.core.errors import EnvironmentFault
from app.models.engines import CipherKey
from app.sync.clock import Chance

PASSWORD: Final = "password"  # noqa: S105 - the name of the secret
OUTBOX_KEY: Final = "outbox-key"
CACHE_KEY: Final = "cache-key"

SERVICE: Final = "gantry"

# Stores of the operating systems that seal what they keep. Others may write it down plainly.
_SEALING: Final = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.libsecret",
    "keyring.backends.kwallet",
)


class KeyStore(Protocol):
    """Secrets of one profile by name."""

    def load(self, name: str) -> str | None:
        """A secret; None if there is none. EnvironmentFault if the store is closed to us."""

    def save(self, name: str, secret: str) -> None:
        """Keeps a secret."""

    def forget(self, name: str) -> None:
        """Removes a secret, if it is there."""


class GivenKeys:
    """Secrets handed over by the caller, in memory only."""

    def __init__(self, secrets: dict[str, str] | None = None) -> None:
        self._secrets = dict(secrets or {})

    def load(self, name: str) -> str | None:
        """A secret."""
        return self._secrets.get(name)

    def save(self, name: str, secret: str) -> None:
        """Keeps a secret until the program ends."""
        self._secrets[name] = secret

    def forget(self, name: str) -> None:
        """Removes a secret."""
        self._secrets.pop(name, None)


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


def file_key(keys: KeyStore, name: str, chance: Chance, *, is_new: bool) -> CipherKey:
    """The key of a file, made if the file is new. EnvironmentFault `sync.key_missing` if an
    existing file's key is not in the store."""
    found = keys.load(name)
    if found is not None and not is_new:
        return _checked(found)
    if not is_new:
        raise EnvironmentFault("sync.key_missing")
    if found is None:
        found = chance.bytes(32).hex()
        keys.save(name, found)
    return _checked(found)


def _checked(text: str) -> CipherKey:
    try:
        sound = len(bytes.fromhex(text)) == 32
    except ValueError:
        sound = False
    if not sound:
        raise EnvironmentFault("sync.key_missing")
    return CipherKey(text)


def _closed(error: Exception) -> EnvironmentFault:
    return EnvironmentFault("sync.keyring_closed", detail=str(error)[:200])
