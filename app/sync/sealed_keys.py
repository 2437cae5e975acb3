"""Secrets sealed by a passphrase, for computers without a keyring."""

import getpass
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.core.errors import EnvironmentFault
from app.sync.atomic import write_atomically
from app.sync.clock import Chance

SEALED_FILE: Final = "keys.sealed"
COST: Final = 2**16
"""scrypt's n: about 0.2 s and 64 MB for one guess (RFC 7914; r = 8, p = 1)."""

_MOST_COST: Final = 2**20
_LONGEST_FILE: Final = 64 * 1024

Passphrase = Callable[[], str]


class _Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    cost: int
    salt: bytes
    nonce: bytes
    sealed: bytes


class SealedKeys:
    """Secrets in one encrypted file. The passphrase is asked for once."""

    def __init__(
        self, folder: Path, passphrase: Passphrase, chance: Chance, *, cost: int = COST
    ) -> None:
        """EnvironmentFault `sync.passphrase_wrong`, or `sync.keys_damaged`."""
        self._path = folder / SEALED_FILE
        self._chance = chance
        self._secrets: dict[str, str] = {}
        found = _read(self._path)
        self._salt = found.salt if found else chance.bytes(16)
        self._cost = found.cost if found else cost
        text = passphrase()
        if not text:
            raise EnvironmentFault("sync.passphrase_empty")
        self._key = _derived(text, self._salt, self._cost)
        if found:
            self._secrets = self._opened(found)

    def load(self, name: str) -> str | None:
        """A secret."""
        return self._secrets.get(name)

    def save(self, name: str, secret: str) -> None:
        """Keeps a secret."""
        self._secrets[name] = secret
        self._write()

    def forget(self, name: str) -> None:
        """Removes a secret."""
        if self._secrets.pop(name, None) is not None:
            self._write()

    def _opened(self, found: _Sealed) -> dict[str, str]:
        try:
            body = AESGCM(self._key).decrypt(found.nonce, found.sealed, None)
        except InvalidTag:
            raise EnvironmentFault("sync.passphrase_wrong") from None
        return msgspec.json.decode(body, type=dict[str, str])

    def _write(self) -> None:
        nonce = self._chance.bytes(12)
        sealed = AESGCM(self._key).encrypt(nonce, msgspec.json.encode(self._secrets), None)
        body = msgspec.json.encode(_Sealed(self._cost, self._salt, nonce, sealed))
        write_atomically(self._path, body)


def _derived(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.encode("utf-8"))


def _read(path: Path) -> _Sealed | None:
    if not path.exists():
        return None
    try:
        with path.open("rb") as file:
            found = msgspec.json.decode(file.read(_LONGEST_FILE), type=_Sealed)
    except (OSError, msgspec.MsgspecError) as error:
        raise EnvironmentFault("sync.keys_damaged", file=str(path)) from error
    # A cost that somebody wrote into the file must not eat the memory.
    if not 2 <= found.cost <= _MOST_COST or found.cost & (found.cost - 1):
        raise EnvironmentFault("sync.keys_damaged", file=str(path))
    return found


def asked_at_prompt(prompt: str) -> Passphrase:
    """A passphrase typed on the terminal, unseen."""
    return lambda: getpass.getpass(prompt)
