"""Long payloads: compressed, cut, and named by their content (architecture: "The wire")."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from app.models.limits import CHUNK_LIMIT, PAYLOAD_LIMIT
from app.sync.wire import Chunk


@dataclass(frozen=True, slots=True)
class Wire:
    """A payload as it lies in the inbox, with the chunks that go ahead of it."""

    payload: str
    chunks: Sequence[Chunk]


def travelling(scope_id: UUID, payload: str) -> Wire:
    """The payload itself while it is short, else the list of its chunks."""
    body = payload.encode("utf-8")
    if len(body) <= PAYLOAD_LIMIT:
        return Wire(payload, ())
    packed = zlib.compress(body, 6)
    pieces = [packed[start : start + CHUNK_LIMIT] for start in range(0, len(packed), CHUNK_LIMIT)]
    chunks = [Chunk(scope_id, hashlib.sha256(piece).digest(), piece) for piece in pieces]
    listed = {
        "chunked": {
            "sha256": hashlib.sha256(body).hexdigest(),
            "size": len(body),
            "chunks": [chunk.sha256.hex() for chunk in chunks],
        }
    }
    return Wire(msgspec.json.encode(listed).decode("ascii"), chunks)
