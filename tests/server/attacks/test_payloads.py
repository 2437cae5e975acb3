"""Payloads that are too large, too deep, or no text at all."""

import json
import zlib
from uuid import UUID

import psycopg2
import pytest
from psycopg2.errors import CheckViolation

from app.models.limits import CHUNK_LIMIT, PAYLOAD_LIMIT
from app.services.commands import encode
from app.services.parts import COMMAND_PARTS
from tests.server.attacks.conftest import Company
from tests.server.inbox import BareDesk, edit

GIGABYTES = 3
MALFORMED = ("refused", "sync.payload_malformed")
DAMAGED = ("refused", "server.worker.payload_damaged")


@pytest.fixture(autouse=True)
def _still_at_work(company: Company, lin: BareDesk) -> object:
    yield
    (op_id,) = lin.send(edit(company.lin_project, "", ""))
    company.worker.apply_waiting()
    assert lin.answer(op_id) == ("applied", None)


def decided(company: Company, lin: BareDesk, kind: str, payload: str) -> tuple[str, str | None]:
    op_id = lin.send_raw(kind, payload, company.lin_project)
    company.worker.apply_waiting()
    answer = lin.answer(op_id)
    assert answer is not None
    return answer


def test_a_payload_of_one_byte_too_many_does_not_come_in(company: Company, lin: BareDesk) -> None:
    for payload in ("x" * (PAYLOAD_LIMIT + 1), "龙" * (PAYLOAD_LIMIT // 3 + 1)):
        with pytest.raises(CheckViolation):
            lin.send_raw("projects.edit", payload, company.lin_project)
        lin.seq -= 1
    assert decided(company, lin, "projects.edit", "x" * PAYLOAD_LIMIT) == MALFORMED


def test_a_chunk_is_what_it_says_and_not_too_large(company: Company, lin: BareDesk) -> None:
    put = (
        "insert into payload_chunk (scope_id, sha256, actor, body)"
        " values (%s, {}, 'lin.feng', %s) returning 1"
    )
    huge = b"x" * (CHUNK_LIMIT + 1)
    with pytest.raises(CheckViolation):
        lin.rows(put.format("sha256(%s)"), company.lin_project, huge, huge)
    for name in ("'\\x00'", "sha256('other')", "'../../etc/passwd'", "''"):
        with pytest.raises(CheckViolation):
            lin.rows(put.format(name), company.lin_project, b"x")


def test_a_few_bytes_do_not_unpack_to_gigabytes(company: Company, lin: BareDesk) -> None:
    packing = zlib.compressobj(9)
    megabyte = b" " * (1 << 20)
    bomb = b"".join(packing.compress(megabyte) for _ in range(GIGABYTES << 10)) + packing.flush()
    pieces = [bomb[start : start + CHUNK_LIMIT] for start in range(0, len(bomb), CHUNK_LIMIT)]
    names = [stored(lin, company.lin_project, piece) for piece in pieces]
    for size in (1, 1 << 20, 64 << 20):
        contents = {"sha256": "0" * 64, "size": size, "chunks": names}
        wire = json.dumps({"chunked": contents})
        assert decided(company, lin, "projects.edit", wire) == DAMAGED


def stored(lin: BareDesk, scope_id: UUID, body: bytes) -> str:
    ((name,),) = lin.rows(
        "insert into payload_chunk (scope_id, sha256, actor, body)"
        " values (%s, sha256(%s), 'lin.feng', %s) returning encode(sha256, 'hex')",
        scope_id,
        body,
        body,
    )
    return str(name)


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 63, "0" * 65, "G" * 64, "", "\\x00"])
def test_a_chunk_is_called_by_its_digest_only(company: Company, lin: BareDesk, name: str) -> None:
    wire = json.dumps({"chunked": {"sha256": "0" * 64, "size": 1, "chunks": [name]}})
    assert decided(company, lin, "projects.edit", wire) == MALFORMED


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"base":{"note":', '{"chunked":['])
def test_a_hundred_thousand_levels_are_refused(
    company: Company, lin: BareDesk, opening: str
) -> None:
    deep = opening * 100_000
    short = deep[: PAYLOAD_LIMIT - 1]
    assert decided(company, lin, "projects.edit", short) == MALFORMED
    op_id = lin.send_chunked("projects.edit", deep, company.lin_project)
    company.worker.apply_waiting()
    assert lin.answer(op_id) == MALFORMED


@pytest.mark.parametrize("part", COMMAND_PARTS, ids=lambda part: part.kind)
def test_no_kind_chokes_on_what_is_nested(company: Company, lin: BareDesk, part: object) -> None:
    kind = part.kind  # type: ignore[attr-defined]
    names = part.command.__struct_fields__  # type: ignore[attr-defined]
    deep = "[" * 900 + "]" * 900
    for name in names:
        state, reason = decided(company, lin, kind, f'{{"{name}": {deep}}}')
        assert (state, reason) == MALFORMED, name


def test_what_is_no_text_does_not_come_in(company: Company, lin: BareDesk) -> None:
    """Raw bytes, as no driver would send them."""
    put = (
        b"insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind,"
        b" kind_version, payload, issued_at) values (gen_random_uuid(), gen_random_uuid(),"
        b" 'lin.feng', gen_random_uuid(), 1, 'x', 1, '%b', now())"
    )
    for encoding in ("UTF8", "SQL_ASCII"):
        with lin.opened.cursor() as cursor:
            cursor.execute(f"set client_encoding = '{encoding}'")
            for bytes_ in (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"):
                with pytest.raises(psycopg2.Error) as caught:
                    cursor.execute(put % bytes_)
                assert caught.value.pgcode == "22021", (encoding, bytes_)
            with pytest.raises(psycopg2.Error):
                cursor.execute("select convert_from('\\x00'::bytea, 'UTF8')")
    with lin.opened.cursor() as cursor:
        cursor.execute("set client_encoding = 'UTF8'")


@pytest.mark.parametrize("bad", ["\\u0000", "\\ud800", "\\udfff", "\\udc00\\ud800", "\\uD83D"])
def test_what_no_database_can_store_is_refused(company: Company, lin: BareDesk, bad: str) -> None:
    payload = encode(edit(company.lin_project, "", "龙")).replace("龙", bad)
    assert decided(company, lin, "projects.edit", payload) == MALFORMED
