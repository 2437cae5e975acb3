"""Where a desk's secrets are: file keys and, if wanted, the password. Never plain on disk."""

from typing import Final, Protocol

from app.core.errors import EnvironmentFault
from app.models.engines import CipherKey
from app.sync.clock import Chance

PASSWORD: Final = "password"  # noqa: S105 - the name of the secret
OUTBOX_KEY: Final = "outbox-key"
CACHE_KEY: Final = "cache-key"


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
