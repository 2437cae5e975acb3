"""A group of commands is one transaction."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.commands import encode
from app.services.people import EditPerson, PersonFields, RevokeScope
from tests.server.inbox import BareDesk, edit
from tests.server.oops import Bulk, oops_worker
from tests.servers import Server


def test_a_bulk_command_has_a_transaction_of_its_own(
    server: Server, desk: BareDesk, project: UUID
) -> None:
    op_ids = desk.send(edit(project, "", "a"), edit(project, "a", "b"))
    op_ids.append(desk.send_raw("test.bulk", encode(Bulk(scope_id=project)), project))
    op_ids += desk.send(edit(project, "b", "c"))
    assert oops_worker(server).apply_waiting() == 4
    with server.admin.connect() as connection:
        groups = (
            connection.execute(
                text(
                    "select xmin::text from command_result where op_id = any(:ids) order by"
                    " array_position(:ids, op_id)"
                ),
                {"ids": op_ids},
            )
            .scalars()
            .all()
        )
    assert groups[0] == groups[1]
    assert len({groups[0], groups[2], groups[3]}) == 3


def test_a_group_commits_as_a_whole(server: Server, desk: BareDesk, project: UUID) -> None:
    """The audit head cannot be written: nothing of the group may be seen."""
    with server.admin.begin() as connection:
        connection.execute(text("alter table audit_head add check (n < 3)"))
    desk.send(edit(project, "", "a"), edit(project, "a", "b"), edit(project, "b", "c"))
    with pytest.raises(DBAPIError):
        server.worker().apply_waiting()
    assert desk.rows("select region from project") == [("",)]
    with server.admin.begin() as connection:
        assert connection.scalar(text("select count(*) from command_result")) == 1
        connection.execute(text("alter table audit_head drop constraint audit_head_n_check"))
    assert server.worker().apply_waiting() == 3


def test_who_has_left_can_do_nothing(server: Server, desk: BareDesk, project: UUID) -> None:
    server.add_person("zhou.wu", "周五", Job.ADMINISTRATOR)
    ((person_id,),) = desk.rows("select id from person where login = 'zhou.wu'")
    with BareDesk(server, "zhou.wu") as gone:
        dismissal = EditPerson(
            scope_id=COMPANY_SCOPE,
            person_id=person_id,
            base=PersonFields(active=True),
            values=PersonFields(active=False),
        )
        desk.send(dismissal)
        (late,) = gone.send(edit(project, "", "a"))
        server.worker().apply_waiting()
        assert gone.answer(late) == ("refused", "server.worker.actor_inactive")
        assert gone.rows("select * from project") == []


def test_a_right_taken_away_counts_for_the_next_command_of_the_group(
    server: Server, desk: BareDesk, project: UUID
) -> None:
    server.add_person("wei.lai", "魏来", Job.PLANNER)
    member_id = server.grant("wei.lai", project, Job.PROJECT_MANAGER)
    with BareDesk(server, "wei.lai") as other:
        before = other.send(edit(project, "", "东区"))
        desk.send(RevokeScope(scope_id=project, member_id=member_id))
        after = other.send(edit(project, "东区", "西区"))
        assert server.worker().apply_waiting() == 3
        assert other.answer(before[0]) == ("applied", None)
        assert other.answer(after[0]) == ("refused", "people.not_permitted")
