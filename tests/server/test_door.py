"""The administrator's door: the same inbox, whoever applies it."""

import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.server.door import ADMINISTRATOR, Asked, Door
from app.services.people import AddPerson, GrantScope
from tests.server.inbox import found_project
from tests.servers import Server


def person(login: str, job: Job = Job.PLANNER) -> AddPerson:
    return AddPerson(
        scope_id=COMPANY_SCOPE,
        person_id=uuid4(),
        member_id=uuid4(),
        login=login,
        display_name=login,
        job=job,
    )


def test_applies_by_itself_when_no_worker_runs(server: Server) -> None:
    with Door(server.superuser_dsn) as door:
        assert door.issue(person("du.fu")).state == "applied"
        with pytest.raises(Refused) as caught:
            door.issue(person("du.fu"))
    assert caught.value.reason.text_id == "people.login_taken"


def test_waits_for_the_worker_that_runs(server: Server) -> None:
    stop = threading.Event()
    worker = server.worker()
    running = threading.Thread(target=worker.run, args=(stop,))
    running.start()
    try:
        with Door(server.superuser_dsn) as door:
            for number in range(5):
                assert door.issue(person(f"li.bai{number}")).state == "applied"
    finally:
        stop.set()
        running.join()


def test_many_commands_of_many_people_and_long_ones(server: Server) -> None:
    project, now = uuid4(), datetime.now(UTC)
    asked = [
        Asked(ADMINISTRATOR, now, person("bai.juyi", Job.PROJECT_MANAGER)),
        Asked("bai.juyi", now, found_project(project, note="𠀀" * 19_900)),
        *(Asked(ADMINISTRATOR, now, person(f"guest{n}")) for n in range(300)),
        *(
            Asked(
                "bai.juyi",
                now,
                GrantScope(
                    scope_id=project, member_id=uuid4(), person=f"guest{n}", job=Job.PLANNER
                ),
            )
            for n in range(300)
        ),
    ]
    with Door(server.superuser_dsn) as door:
        answers = door.settle(door.put(asked))
        with door.opened.cursor() as cursor:
            cursor.execute("select count(*) from payload_chunk")
            assert cursor.fetchone() == (1,)
    assert {answer.state for answer in answers} == {"applied"}
    assert len(answers) == 602
