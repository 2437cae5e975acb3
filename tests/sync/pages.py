"""What really lies in an encrypted file: every page in the clear, free ones and the log's too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE: Final = 4096
# SQLCipher 4 keeps a nonce of 16 bytes and a digest of 64 at the end of each page.
_NONCE_AT: Final = PAGE - 80
_SALT: Final = 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


def clear_bytes(path: Path, key: str) -> bytes:
    """All pages of a database file and of its write-ahead log, one after the other."""
    log = path.with_name(f"{path.name}-wal")
    found = [*_pages(path)]
    if log.exists():
        found += _frames(log)
    return b"".join(_clear(page, bytes.fromhex(key)) for page in found)


def _pages(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    for start in range(0, len(content), PAGE):
        page = content[start : start + PAGE]
        # The first page begins with the salt, in the clear.
        yield page if start else page[_SALT:]


def _frames(log: Path) -> Iterator[bytes]:
    content = log.read_bytes()
    for start in range(_LOG_HEADER, len(content), _FRAME_HEADER + PAGE):
        page = content[start + _FRAME_HEADER : start + _FRAME_HEADER + PAGE]
        first = int.from_bytes(content[start : start + 4], "big") == 1
        yield page[_SALT:] if first else page


def _clear(page: bytes, key: bytes) -> bytes:
    skipped = PAGE - len(page)
    nonce = page[_NONCE_AT - skipped : _NONCE_AT - skipped + 16]
    unlocking = Cipher(algorithms.AES(key), modes.CBC(nonce)).decryptor()
    return unlocking.update(page[: _NONCE_AT - skipped]) + unlocking.finalize()
