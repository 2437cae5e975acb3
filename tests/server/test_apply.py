"""One command: applied, refused, in conflict, or our own fault, and nobody else harmed."""

from uuid import UUID, uuid4

import psycopg2
import pytest

from app.core.people import Job
from app.services.commands import encode
from tests.server.inbox import BareDesk, edit, found_project
from tests.server.oops import Oops, oops_worker
from tests.servers import Server


def test_a_refusal_leaves_nothing_behind(server: Server, desk: BareDesk, project: UUID) -> None:
    taken, fine = desk.send(found_project(uuid4()), edit(project, "", "华东"))
    server.worker().apply_waiting()
    assert desk.answer(taken) == ("refused", "projects.code_taken")
    assert desk.answer(fine) == ("applied", None)
    assert len(desk.rows("select * from project")) == 1


def test_a_clash_is_kept_whole(server: Server, desk: BareDesk, project: UUID) -> None:
    server.add_person("qian.yi", "钱一", Job.ADMINISTRATOR)
    desk.send(edit(project, "", "华东"))
    with BareDesk(server, "qian.yi") as other:
        mine = edit(project, "", "华南")
        (op_id,) = other.send(mine)
        server.worker().apply_waiting()
        assert other.answer(op_id) == ("conflict", "reconcile.changed_meanwhile")
        kept = other.rows(
            "select actor, kind, command, row_table, row_id::text, their_actor,"
            " their_at is not null, groups, state, created_by from conflict where id = %s",
            op_id,
        )
    groups = [{"group": "classification", "base": {"region": ""}, "mine": {"region": "华南"}}]
    groups[0]["theirs"] = {"region": "华东"}
    assert kept == [
        (
            *("qian.yi", "projects.edit", encode(mine), "project", str(project)),
            *("zhao.gang", True, groups, "open", "qian.yi"),
        )
    ]


@pytest.mark.parametrize(
    ("kind", "payload", "reason"),
    [
        ("no.such.kind", "{}", "sync.kind_unknown"),
        ("projects.edit", "{not json", "sync.payload_malformed"),
        ("projects.edit", "", "sync.payload_malformed"),
        ("projects.edit", "[" * 60_000, "sync.payload_malformed"),
        ("projects.edit", '{"scope_id":' * 5_000, "sync.payload_malformed"),
        ("projects.edit", '{"surprise": 1}', "sync.payload_malformed"),
        ("projects.edit", '{"chunked": {"sha256": "zz"}}', "sync.payload_malformed"),
        ("projects.edit", "\ufeff{}", "sync.payload_malformed"),
    ],
)
def test_poison_is_refused_and_harms_nobody(
    server: Server, desk: BareDesk, project: UUID, kind: str, payload: str, reason: str
) -> None:
    before = desk.send(edit(project, "", "a"))
    poison = desk.send_raw(kind, payload, project)
    after = desk.send(edit(project, "a", "b"))
    assert server.worker().apply_waiting() == 3
    assert desk.answer(poison) == ("refused", reason)
    assert desk.answers(before + after) == ["applied", "applied"]


def test_nul_other_version_and_other_scope(server: Server, desk: BareDesk, project: UUID) -> None:
    spoilt = encode(edit(project, "", "a")).replace('"a"', '"a\\u0000b"')
    literal = encode(edit(project, "", "\\u0000"))
    rows = [
        desk.row("projects.edit", spoilt, project),
        desk.row("projects.edit", literal, project, version=2),
        desk.row("projects.edit", literal, project, version=0),
        desk.row("projects.edit", literal, uuid4()),
        desk.row("projects.edit", literal, project),
    ]
    desk.insert(rows)
    server.worker().apply_waiting()
    assert [desk.answer(row["op_id"]) for row in rows] == [
        ("refused", "sync.payload_malformed"),
        ("refused", "sync.version_unknown"),
        ("refused", "sync.version_unknown"),
        ("refused", "sync.scope_differs"),
        ("applied", None),
    ]
    assert desk.rows("select region from project") == [("\\u0000",)]


def test_the_inbox_takes_no_oversized_payload_and_no_absurd_time(desk: BareDesk) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation):
        desk.send_raw("projects.edit", "x" * 65_537)
    for year in ("1900-01-01", "20000-01-01", "infinity", "-infinity"):
        row = desk.row("projects.edit", "{}", seq=1) | {"issued_at": year}
        with pytest.raises(psycopg2.errors.CheckViolation):
            desk.insert([row])


@pytest.mark.parametrize("how", ["bug", "sql", "flush", "deferred"])
def test_our_own_fault_costs_one_command(
    server: Server, desk: BareDesk, project: UUID, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    op_ids = desk.send(
        edit(project, "", "a"), Oops(scope_id=project, how=how), edit(project, "a", "b")
    )
    assert oops_worker(server).apply_waiting() == 3
    assert [desk.answer(op_id) for op_id in op_ids] == [
        ("applied", None),
        ("refused", "sync.server_bug"),
        ("applied", None),
    ]
    assert "Traceback" in caplog.text


def test_reasons_hold_what_their_words_need(server: Server, desk: BareDesk) -> None:
    op_id = desk.send_raw("no.such.kind", "{}")
    server.worker().apply_waiting()
    assert desk.rows("select reason_parameters from command_result where op_id = %s", op_id) == [
        ({"kind": "no.such.kind"},)
    ]
