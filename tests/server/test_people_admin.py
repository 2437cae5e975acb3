"""What an administrator does with people, against a real database."""

from collections.abc import Iterator
from uuid import UUID

import psycopg2
import pytest

from app.core.errors import EnvironmentFault, Refused
from app.core.people import Job
from app.server.connect import administrator_connection
from app.server.door import Door
from app.server.people_admin import COMPANY, Colleague, PeopleAdmin
from tests.servers import Server

PASSWORD, ANOTHER = "correct horse", "battery staple"


@pytest.fixture
def people(server: Server) -> Iterator[PeopleAdmin]:
    with Door(server.superuser_dsn) as door:
        yield PeopleAdmin(door)
        for colleague in PeopleAdmin(door).colleagues():
            with door.opened.cursor() as cursor:
                cursor.execute(f'drop role if exists "{colleague.login}"')


def may_enter(server: Server, login: str, password: str) -> bool:
    try:
        administrator_connection(
            psycopg2.extensions.make_dsn(server.superuser_dsn, user=login, password=password)
        ).close()
    except EnvironmentFault:
        return False
    return True


def colleague(people: PeopleAdmin, login: str) -> Colleague:
    (found,) = [one for one in people.colleagues() if one.login == login]
    return found


def refusal(asked: object, *given: object) -> str:
    with pytest.raises(Refused) as refused:
        asked(*given)  # type: ignore[operator]
    return refused.value.reason.text_id


def test_a_person_is_added_with_a_login(server: Server, people: PeopleAdmin) -> None:
    people.add("du.fu", "杜甫", Job.PLANNER, PASSWORD)
    assert colleague(people, "du.fu") == Colleague(
        "du.fu", "杜甫", True, True, ((COMPANY, Job.PLANNER),)
    )
    assert people.known("du.fu") == "杜甫"
    assert may_enter(server, "du.fu", PASSWORD)
    assert refusal(people.add, "du.fu", "又一个", Job.PLANNER, PASSWORD)


def test_what_is_refused_leaves_nothing(people: PeopleAdmin) -> None:
    for login in ("Du", "d", "du fu", "1du", "x" * 64, 'du"; drop'):
        asked = refusal(people.add, login, "杜甫", Job.PLANNER, PASSWORD)
        assert asked == "server.admin.bad_login"
    with pytest.raises(EnvironmentFault):
        people.add("du.fu", "杜甫", Job.PLANNER, "short")
    assert refusal(people.add, "postgres", "某", Job.PLANNER, PASSWORD)
    assert people.colleagues() == []


def test_a_password_is_reset_for_those_who_are_there(server: Server, people: PeopleAdmin) -> None:
    people.add("du.fu", "杜甫", Job.PLANNER, PASSWORD)
    people.reset_password("du.fu", ANOTHER)
    assert not may_enter(server, "du.fu", PASSWORD)
    assert may_enter(server, "du.fu", ANOTHER)
    asked = refusal(people.reset_password, "li.bai", ANOTHER)
    assert asked == "server.admin.person_unknown"
    people.disable("du.fu")
    asked = refusal(people.reset_password, "du.fu", PASSWORD)
    assert asked == "server.admin.person_disabled"


def test_a_disabled_person_is_out_at_once_and_comes_back(
    server: Server, people: PeopleAdmin
) -> None:
    people.add("du.fu", "杜甫", Job.PLANNER, PASSWORD)
    dsn = psycopg2.extensions.make_dsn(server.superuser_dsn, user="du.fu", password=PASSWORD)
    opened = administrator_connection(dsn)
    assert people.disable("du.fu") == 1
    with pytest.raises(psycopg2.OperationalError), opened.cursor() as cursor:
        cursor.execute("select 1")
    opened.close()
    assert not may_enter(server, "du.fu", PASSWORD)
    found = colleague(people, "du.fu")
    assert (found.active, found.may_log_in) == (False, False)
    assert people.disable("du.fu") == 0
    people.enable("du.fu", ANOTHER)
    assert may_enter(server, "du.fu", ANOTHER)
    assert colleague(people, "du.fu").active


@pytest.mark.usefixtures("desk")
def test_jobs_are_given_and_taken_by_code_or_id(project: UUID, people: PeopleAdmin) -> None:
    people.add("du.fu", "杜甫", Job.PLANNER, PASSWORD)
    people.grant("du.fu", "P-1", Job.STOREKEEPER)
    people.grant("du.fu", str(project), Job.FINANCE_CLERK)
    assert colleague(people, "du.fu").jobs == (
        ("P-1", Job.FINANCE_CLERK),
        ("P-1", Job.STOREKEEPER),
        (COMPANY, Job.PLANNER),
    )
    assert people.revoke("du.fu", "P-1", Job.STOREKEEPER) == 1
    assert refusal(people.revoke, "du.fu", "P-1", Job.STOREKEEPER) == "server.admin.no_membership"
    people.grant("du.fu", "P-1", Job.STOREKEEPER)
    assert people.revoke("du.fu", "P-1") == 2
    assert refusal(people.grant, "du.fu", "P-9", Job.PLANNER) == "server.admin.project_unknown"
    assert refusal(people.grant, "li.bai", "P-1", Job.PLANNER) == "server.admin.person_unknown"
