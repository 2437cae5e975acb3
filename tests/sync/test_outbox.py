"""The outbox by itself: order, numbers, answers, and its own file."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import EnvironmentFault, Reason
from app.core.projects import ProjectKind
from app.models.engines import CipherKey
from app.services.bus import part_of
from app.services.projects import CreateProject
from app.sync.clock import SystemChance, SystemClock, new_id
from app.sync.outbox import Outbox, renew_device, renumber
from app.sync.outbox_schema import MIGRATIONS
from app.sync.wire import Answer, Chunk, Claim

KEY = CipherKey("12" * 32)
NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)
DEVICE = UUID(int=7)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox(tmp_path / "outbox.db", KEY, DEVICE)
    yield opened
    opened.close()


def _save(outbox: Outbox, op_id: UUID | None = None) -> UUID:
    op_id = op_id or new_id(SystemClock(), SystemChance())
    command = CreateProject(
        scope_id=op_id,
        member_id=op_id,
        code="A",
        name="乙",
        kind=ProjectKind.PUBLIC,
        planned_start=date(2026, 1, 1),
    )
    outbox.save(part_of(command.KIND), command, op_id=op_id, issued_at=NOW)
    return op_id


def test_numbers_have_no_gap_and_orders_hold(outbox: Outbox) -> None:
    ids = [_save(outbox) for _ in range(4)]
    assert [(one.op_id, one.seq) for one in outbox.unsent(9)] == [
        (op_id, number) for number, op_id in enumerate(ids, 1)
    ]
    outbox.refuse_unsendable(ids[1], Reason("sync.not_storable", {"detail": "x"}))
    assert [(one.op_id, one.seq) for one in outbox.unsent(9)] == [
        (ids[0], 1),
        (ids[2], 2),
        (ids[3], 3),
    ]
    _save(outbox)
    assert [one.seq for one in outbox.unsent(9)] == [1, 2, 3, 4]


def test_a_new_device_numbers_only_what_is_unsent(outbox: Outbox) -> None:
    ids = [_save(outbox) for _ in range(3)]
    outbox.mark_stored(ids[:2], NOW)
    renew_device(outbox, UUID(int=8))
    _save(outbox)
    numbers = [(one.device_id.int, one.seq) for one in outbox.open_commands()]
    assert numbers == [(7, 1), (7, 2), (8, 1), (8, 2)]
    assert outbox.asked_since() == {UUID(int=7): 1, UUID(int=8): 1}
    heads = outbox.open_heads()
    assert [head.op_hex for head in heads] == [one.op_id.hex for one in outbox.open_commands()]
    left = outbox.open_commands(but=[UUID(head.op_hex) for head in heads[:3]])
    assert [(one.op_id.hex, one.scope_id) for one in left] == [heads[3][:2]]


def test_a_token_stays_until_its_push_was_answered(outbox: Outbox) -> None:
    first, second = UUID(int=11), UUID(int=12)
    claim = Claim(UUID(int=7), None, first)
    assert outbox.claim(second, for_push=False).coming == second
    assert outbox.claim(first, for_push=True) == claim
    assert outbox.claim(second, for_push=True) == outbox.claim(second, for_push=False) == claim
    outbox.mark_stored([], NOW, agreed=Claim(UUID(int=9), None, second))
    assert outbox.claim(second, for_push=True) == claim
    outbox.mark_stored([], NOW, agreed=claim)
    assert outbox.claim(second, for_push=True) == Claim(UUID(int=7), first, second)
    with outbox.transaction() as db:
        renumber(db, str(UUID(int=7)), 5)
    assert outbox.claim(first, for_push=True) == Claim(UUID(int=7), first, second)
    renew_device(outbox, UUID(int=8))
    assert outbox.claim(first, for_push=True) == Claim(UUID(int=8), None, first)


def test_answers_are_final(outbox: Outbox) -> None:
    op_id = _save(outbox)
    outbox.mark_stored([op_id], NOW)
    assert outbox.oldest_unanswered() == NOW
    refused = Answer(op_id, "refused", Reason("projects.code_taken", {"code": "A", "name": "乙"}))
    outbox.settle([refused, Answer(UUID(int=99), "applied")])
    outbox.settle([Answer(op_id, "applied")])
    (told,) = outbox.told()
    assert (told.state, told.reason) == ("refused", refused.reason)
    assert outbox.counts() == {"refused": 1}
    assert outbox.dismiss(op_id)
    assert outbox.told() == []
    assert outbox.oldest_unanswered() is None


def test_chunks_are_kept_until_they_are_stored(outbox: Outbox) -> None:
    op_id = _save(outbox)
    (command,) = outbox.unsent(1)
    chunk = Chunk(command.scope_id, b"n" * 32, b"body")
    outbox.prepare(op_id, "wired", [chunk])
    (again,) = outbox.unsent(1)
    assert (again.wire, outbox.chunks(again)) == ("wired", [chunk])
    outbox.mark_stored([op_id], NOW)
    assert outbox.chunks(again) == []


def test_a_failed_save_leaves_no_gap(outbox: Outbox) -> None:
    first = _save(outbox)
    with pytest.raises(sqlcipher.IntegrityError):
        _save(outbox, first)
    _save(outbox)
    assert [one.seq for one in outbox.unsent(9)] == [1, 2]


def test_it_survives_closing_and_a_newer_one_is_left_alone(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "o.db", KEY, DEVICE)
    op_id = _save(outbox)
    outbox.write_note("server", "x")
    outbox.close()
    again = Outbox(tmp_path / "o.db", KEY, UUID(int=9))
    assert again.device_id() == DEVICE
    assert again.open_ids() == {op_id}
    assert again.note("server") == "x"
    with again.transaction() as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    again.close()
    with pytest.raises(EnvironmentFault) as raised:
        Outbox(tmp_path / "o.db", KEY, DEVICE)
    assert raised.value.reason.text_id == "sync.outbox_newer"
