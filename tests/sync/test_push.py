"""Pushing against a real inbox: lost answers, long payloads, clones, what can never be stored."""

import shutil

import pytest
from msgspec import structs
from psycopg2.extensions import parse_dsn
from sqlalchemy import text

from app.core.errors import Reason
from app.sync.outbox import renew_device
from app.sync.postgres_port import PostgresPort
from app.sync.push import BATCH_BYTES
from app.sync.status import LinkState
from app.sync.wire import Chunk
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    new_project,
    turn_until_idle,
)
from tests.sync.proxy import proxy


def _inbox(site: Office) -> list[tuple[object, ...]]:
    with site.server.admin.connect() as connection:
        rows = connection.execute(
            text("select op_id, device_id, device_seq from command_inbox order by received_no")
        )
        return [tuple(row) for row in rows]


def test_a_lost_answer_is_asked_again(site: Office) -> None:
    anna = site.filled("anna")
    founded = new_project(anna)
    first = anna.execute(founded)
    anna.close()
    with proxy(int(parse_dsn(site.server.superuser_dsn)["port"])) as between:
        between.cut_answer_to = b"insert into command_inbox"
        again = site.desk("anna", port=between.port)
        again._store.turn()
        assert between.cuts == 1
        assert again.status().link is LinkState.OFFLINE
        assert again.status().unsent == 1
        assert [row[0] for row in _inbox(site)] == [first.op_id]
        site.worker.apply_waiting()
        # The server has applied it, and the desk does not know: shown once all the same.
        assert name_of(again, founded.scope_id) == founded.name
        again._store.link.retry_now()
        turn_until_idle(again)
        assert again.status().pending == 0
        assert len(_inbox(site)) == 1
        assert_same_rows(again, site.server)
        again.close()


def test_a_long_payload_travels_in_chunks(site: Office) -> None:
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    note = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(20_000))
    wide = structs.replace(
        edit(anna, project, note=note), base=structs.replace(edit(anna, project).base, note="")
    )
    # The base travels too: far over the inbox's 64 KiB together.
    boris.execute(edit(boris, project, note=note))
    site.sync(boris, anna)
    anna.execute(edit(anna, project, note=note[::-1]))
    site.sync(anna, boris)
    with site.server.admin.connect() as connection:
        chunks = connection.execute(text("select count(*) from payload_chunk")).scalar_one()
    assert chunks >= 1
    assert wide.values.note == note
    for desk in (anna, boris):
        assert desk.status().pending == desk.status().conflicts == desk.status().refused == 0
        assert_same_rows(desk, site.server)


def test_a_chunk_swept_while_others_are_sent_is_sent_again(
    site: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    note = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(20_000))
    anna.execute(edit(anna, project, note=note))
    site.sync(anna)
    # The base travels too: over the inbox's 64 KiB together.
    anna.execute(edit(anna, project, note=note[::-1]))
    send = PostgresPort.send_chunk
    sent: list[Chunk] = []

    def swept_after(port: PostgresPort, chunk: Chunk) -> None:
        send(port, chunk)
        sent.append(chunk)
        if len(sent) == 1:
            with site.server.admin.begin() as connection:
                connection.execute(text("delete from payload_chunk"))

    monkeypatch.setattr(PostgresPort, "send_chunk", swept_after)
    site.sync(anna)
    assert len(sent) > len({chunk.sha256 for chunk in sent})
    assert (anna.status().pending, anna.status().refused) == (0, 0)
    assert_same_rows(anna, site.server)


def test_a_cloned_profile_becomes_a_device_of_its_own(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    original = site.profile("anna")
    clone = site.profile("anna", "copy")
    anna.close()
    shutil.copytree(original.folder, clone.folder)
    site.share_keys(original, clone)
    anna, copied = site.desk("anna"), site.desk("anna", "copy")
    device = anna.status().device_id
    assert copied.status().device_id == device
    anna.execute(edit(anna, project, note="原来的电脑"))
    copied.execute(edit(copied, project, region="克隆一"))
    copied.execute(edit(copied, project, region="克隆二"))
    site.sync(anna, copied)
    site.sync(anna, copied)
    assert anna.status().device_id == device
    assert copied.status().device_id != device
    assert [row[2] for row in _inbox(site) if row[1] == copied.status().device_id] == [1, 2]
    for desk in (anna, copied):
        assert desk.status().pending == desk.status().refused == desk.status().conflicts == 0
        assert_same_rows(desk, site.server)


def test_what_a_clone_sent_first_is_answered_on_both(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    saved = anna.execute(edit(anna, project, note="复制之前写的"))
    original, clone = site.profile("anna"), site.profile("anna", "copy")
    anna.close()
    shutil.copytree(original.folder, clone.folder)
    site.share_keys(original, clone)
    anna, copied = site.desk("anna"), site.desk("anna", "copy")
    renew_device(copied._store.outbox, copied.new_id())
    site.sync(copied)
    site.sync(anna)
    for desk in (anna, copied):
        assert desk.outcome(saved.op_id).state == "applied"
        assert desk.status().pending == 0
        assert_same_rows(desk, site.server)


def test_a_profile_copied_to_another_person(site: Office) -> None:
    anna = site.filled("anna")
    founded_project(site, anna)
    anna.close()
    original, taken = site.profile("anna"), site.profile("boris", "taken")
    shutil.copytree(original.folder, taken.folder)
    given = site.keys(taken)
    for name in ("outbox-key", "cache-key"):
        given.save(name, site.keys(original).load(name) or "")
    boris = site.desk("boris", "taken")
    device = boris.status().device_id
    boris.execute(new_project(boris))
    site.sync(boris)
    assert boris.status().device_id != device
    assert boris.status().pending == 0
    assert_same_rows(boris, site.server)


def test_many_edits_travel_in_batches(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    for number in range(30):
        anna.execute(edit(anna, project, note=f"{number}" * 8_000))
    batch = anna._store.link._push._next_batch()
    assert 1 < len(batch) < 30
    assert sum(len(command.payload) for command in batch) <= BATCH_BYTES
    site.sync(anna)
    assert (anna.status().pending, anna.status().conflicts) == (0, 0)
    assert_same_rows(anna, site.server)


def test_what_can_never_be_stored_does_not_hold_up_the_rest(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    good = anna.execute(edit(anna, project, note="一"))
    bad = anna.execute(edit(anna, project, region="坏"))
    last = anna.execute(edit(anna, project, address="三"))
    with anna._store.outbox.transaction() as db:
        db.execute(
            "UPDATE command SET issued_at = '9500-01-01T00:00:00+00:00' WHERE op_id = ?",
            (str(bad.op_id),),
        )
    site.sync(anna)
    assert [anna.outcome(saved.op_id).state for saved in (good, bad, last)] == [
        "applied",
        "refused",
        "applied",
    ]
    found = anna._store.outbox.get(bad.op_id)
    assert found is not None
    assert found.reason is not None
    assert found.reason.text_id == "sync.not_storable"
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)
    anna.execute(edit(anna, project, note="四"))
    site.sync(anna)
    assert anna.status().pending == 0


def test_the_only_edit_can_never_be_stored_and_is_not_shown_for_ever(site: Office) -> None:
    anna = site.filled("anna")
    project = founded_project(site, anna)
    bad = anna.execute(edit(anna, project, region="坏"))
    with anna._store.outbox.transaction() as db:
        db.execute("UPDATE command SET issued_at = '9500-01-01T00:00:00+00:00' WHERE state='saved'")
    site.sync(anna)
    assert anna.outcome(bad.op_id).state == "refused"
    assert_same_rows(anna, site.server)


def test_a_command_whose_id_another_has_used_comes_back(site: Office) -> None:
    """Ids are chance, but a colleague has seen those of clashes: after a backup was restored they
    are free again."""
    anna, boris = site.filled("anna"), site.filled("boris")
    project = founded_project(site, anna, boris)
    saved = [anna.execute(edit(anna, project, region=name)) for name in ("one", "two", "three")]
    with site.server.engine_as("boris").begin() as connection:
        connection.execute(
            text(
                "insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind,"
                " kind_version, payload, issued_at) values (:op_id, :scope, 'boris',"
                " gen_random_uuid(), 1, 'x', 1, '{}', now())"
            ),
            {"op_id": saved[1].op_id, "scope": project},
        )
    site.sync(anna)
    taken = anna._store.outbox.get(saved[1].op_id)
    assert taken is not None
    assert (taken.state, taken.reason) == ("refused", Reason("sync.id_taken"))
    first = anna._store.outbox.get(saved[0].op_id)
    assert first is not None
    assert first.state == "applied"
    # What its author had built on it is a clash, and waits for nothing.
    third = anna._store.outbox.get(saved[2].op_id)
    assert third is not None
    assert third.state == "conflict"
    assert anna.status().pending == 0
    assert_same_rows(anna, site.server)
