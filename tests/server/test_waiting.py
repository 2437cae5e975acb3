"""Gaps and dependencies wait, and hold up nobody else."""

from uuid import UUID, uuid4

import psycopg2
import pytest

from app.core.people import Job
from app.services.commands import encode
from tests.server.inbox import BareDesk, edit, found_project
from tests.servers import Server


def test_a_gap_waits_and_others_go_on(server: Server, desk: BareDesk, project: UUID) -> None:
    payloads = [encode(edit(project, base, mine)) for base, mine in (("", "a"), ("a", "b"))]
    late = desk.row("projects.edit", payloads[0], project)
    early = desk.row("projects.edit", payloads[1], project)
    desk.insert([early])
    server.add_person("sun.er", "孙二", Job.ADMINISTRATOR)
    with BareDesk(server, "sun.er") as other:
        other.send(found_project(uuid4(), "P-2"))
    assert server.worker().apply_waiting() == 1
    desk.insert([late])
    assert server.worker().apply_waiting() == 2
    assert desk.rows("select region from project where code = 'P-1'") == [("b",)]


def test_a_dependency_waits_or_blocks(server: Server, desk: BareDesk, project: UUID) -> None:
    server.add_person("li.si", "李四", Job.ADMINISTRATOR)
    with BareDesk(server, "li.si") as other:
        awaited = other.row("projects.edit", encode(edit(project, "", "a")), project)
        (waits,) = desk.send(edit(project, "a", "b"), depends_on=awaited["op_id"])
        assert server.worker().apply_waiting() == 0
        assert desk.answer(waits) is None
        other.insert([awaited])
        assert server.worker().apply_waiting() == 2
        assert desk.answer(waits) == ("applied", None)
    refused = desk.send_raw("no.such.kind", "{}", project)
    blocked, free = (
        *desk.send(edit(project, "b", "c"), depends_on=refused),
        *desk.send(edit(project, "b", "d")),
    )
    server.worker().apply_waiting()
    assert desk.answer(blocked) == ("blocked", "server.worker.blocked")
    assert desk.answer(free) == ("applied", None)


def test_many_stuck_commands_do_not_starve_others(
    server: Server, desk: BareDesk, project: UUID
) -> None:
    missing = uuid4()
    desk.send(*(edit(project, "", "x") for _ in range(450)), depends_on=missing)
    server.add_person("wu.qi", "吴七", Job.ADMINISTRATOR)
    with BareDesk(server, "wu.qi") as other:
        op_ids = other.send(edit(project, "", "a"), edit(project, "a", "b"))
        assert server.worker().apply_waiting() == 2
        assert other.answers(op_ids) == ["applied", "applied"]


def test_two_devices_of_one_number_are_told_apart(server: Server, desk: BareDesk) -> None:
    server.add_person("zheng.shi", "郑十")
    with BareDesk(server, "zheng.shi") as other:
        other.device_id = desk.device_id
        desk.send(found_project(uuid4()))
        with pytest.raises(psycopg2.Error) as caught:
            other.send(found_project(uuid4(), "P-9"))
        assert caught.value.pgcode == "GA001"
