"""Identifiers of version 7 (RFC 9562, section 5.7): ordered by time, made by the client."""

import hashlib
from uuid import UUID

COMPANY_SCOPE = UUID("00000000-0000-7000-8000-000000000001")
"""The scope of rows that belong to the whole company and not to one project."""


def uuid7(milliseconds: int, randomness: bytes) -> UUID:
    """An id from Unix time in milliseconds and ten random bytes (ValueError if not ten)."""
    if len(randomness) != 10:
        raise ValueError("ten random bytes make an id")
    value = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(randomness, "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def derived_id(source: UUID, part: str) -> UUID:
    """An id that follows from another one: the same wherever it is worked out."""
    drawn = hashlib.sha256(source.bytes + part.encode("utf-8")).digest()
    return uuid7(source.int >> 80, drawn[:10])
