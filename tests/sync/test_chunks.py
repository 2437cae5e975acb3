"""Long payloads are cut so that the server can put them together."""

import hashlib
import json
import random
import zlib
from uuid import UUID

from app.models.limits import CHUNK_LIMIT, PAYLOAD_LIMIT
from app.sync.chunks import travelling

SCOPE = UUID(int=3)


def test_a_short_payload_travels_as_it_is() -> None:
    text = "龙" * (PAYLOAD_LIMIT // 3)
    wire = travelling(SCOPE, text)
    assert (wire.payload, tuple(wire.chunks)) == (text, ())


def test_a_long_one_comes_together_again() -> None:
    text = random.Random(5).randbytes(500_000).hex() + "门"
    wire = travelling(SCOPE, text)
    listed = json.loads(wire.payload)["chunked"]
    assert len(wire.chunks) > 1
    assert all(len(chunk.body) <= CHUNK_LIMIT for chunk in wire.chunks)
    assert [hashlib.sha256(chunk.body).hexdigest() for chunk in wire.chunks] == listed["chunks"]
    whole = zlib.decompress(b"".join(chunk.body for chunk in wire.chunks))
    assert whole == text.encode("utf-8")
    assert (hashlib.sha256(whole).hexdigest(), len(whole)) == (listed["sha256"], listed["size"])
