"""Puts a long payload together again from the chunks that travelled ahead."""

import hashlib
import re
import zlib
from typing import Annotated
from uuid import UUID

import msgspec
from sqlalchemy import Connection

from app.core.errors import Refused

TEXT_LIMIT = 64 * 1024 * 1024
"""Bytes of the longest payload text."""

# A text that does not compress needs little more than its own size.
CHUNKS_LIMIT = TEXT_LIMIT // (256 * 1024) + 8
_MARK = '{"chunked"'
_NUL_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_READ = (
    "select sha256, body from payload_chunk"
    " where actor = %s and scope_id = %s and sha256 = any(%s::bytea[])"
)

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class _Contents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sha256: Digest
    size: Annotated[int, msgspec.Meta(ge=1)]
    chunks: Annotated[list[Digest], msgspec.Meta(min_length=1)]


class _Chunked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    chunked: _Contents


def whole_payload(
    connection: Connection, actor: str, scope_id: UUID, kind: str, payload: str
) -> str:
    """The text of a command's payload, however it travelled: only the actor's own chunks count.

    Refused when it is too large, damaged, a part is missing, or it holds a NUL, which the database
    cannot store.
    """
    if payload.startswith(_MARK):
        payload = _joined(connection, actor, scope_id, kind, payload)
    if _NUL_ESCAPE.search(payload):
        raise Refused("sync.payload_malformed", kind=kind, detail="NUL")
    return payload


def _joined(connection: Connection, actor: str, scope_id: UUID, kind: str, payload: str) -> str:
    try:
        contents = msgspec.json.decode(payload, type=_Chunked).chunked
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Refused("sync.payload_malformed", kind=kind, detail=str(error)[:200]) from None
    if contents.size > TEXT_LIMIT or len(contents.chunks) > CHUNKS_LIMIT:
        raise Refused("server.worker.payload_too_large", limit=TEXT_LIMIT >> 20)
    return _unpacked(_packed(connection, actor, scope_id, contents), contents)


def _packed(connection: Connection, actor: str, scope_id: UUID, contents: _Contents) -> bytes:
    wanted = [bytes.fromhex(digest) for digest in contents.chunks]
    rows = connection.exec_driver_sql(_READ, (actor, scope_id, wanted))
    stored = {bytes(digest): bytes(body) for digest, body in rows}
    missing = len(set(wanted) - stored.keys())
    if missing:
        raise Refused("server.worker.chunks_missing", missing=missing, count=len(set(wanted)))
    return b"".join(stored[digest] for digest in wanted)


def _unpacked(packed: bytes, contents: _Contents) -> str:
    unpacking = zlib.decompressobj()
    try:
        # Never more than was announced: a few bytes can unpack to gigabytes.
        body = unpacking.decompress(packed, contents.size + 1)
        sound = len(body) == contents.size and unpacking.eof and not unpacking.unused_data
        if not sound or hashlib.sha256(body).hexdigest() != contents.sha256:
            raise Refused("server.worker.payload_damaged")
        return body.decode("utf-8")
    except (zlib.error, UnicodeDecodeError):
        raise Refused("server.worker.payload_damaged") from None
