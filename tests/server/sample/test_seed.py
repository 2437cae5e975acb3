"""The sample goes into an empty database, once, and into nobody else's."""

from collections.abc import Iterator
from datetime import date

import pytest
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import make_dsn

from app.core.errors import EnvironmentFault, Refused
from app.server.connect import administrator_connection
from app.server.sample.plans import load_sample
from app.server.sample.seed import seed_sample
from tests.servers import Server, fresh_server

TODAY = date(2026, 3, 24)
LOGINS = {person["login"] for person in load_sample("company")["people"]}


@pytest.fixture
def server() -> Iterator[Server]:
    with fresh_server() as made:
        yield made
        opened = administrator_connection(made.superuser_dsn)
        with opened.cursor() as cursor:
            for login in LOGINS:
                cursor.execute(f'drop role if exists "{login}"')
        opened.close()


def counted(server: Server, query: str) -> object:
    opened = administrator_connection(server.superuser_dsn)
    with opened.cursor() as cursor:
        cursor.execute(query)
        (found,) = cursor.fetchone() or (None,)
    opened.close()
    return found


def test_a_company_is_made_once_and_its_people_get_in(server: Server) -> None:
    assert seed_sample(server.superuser_dsn, "correct horse", TODAY) is True
    projects = counted(server, "select count(*) from project")
    assert projects == 12
    assert counted(server, "select count(*) from command_result where state = 'refused'") == 0
    assert counted(server, "select count(*) from conflict where state = 'open'") == 1
    # Another day changes nothing but the password.
    assert seed_sample(server.superuser_dsn, "battery staple", date(2027, 1, 1)) is False
    assert counted(server, "select count(*) from project") == projects
    for login in LOGINS:
        dsn = make_dsn(server.superuser_dsn, user=login, password="battery staple")
        administrator_connection(dsn).close()
    assert readable_entries(server, "liu.fang") == 33
    assert readable_entries(server, "wang.qiang") is None


def readable_entries(server: Server, login: str) -> int | None:
    """How many entries of the ledger a person may read; None where the person may read none."""
    dsn = make_dsn(server.superuser_dsn, user=login, password="battery staple")
    opened = administrator_connection(dsn)
    try:
        with opened.cursor() as cursor:
            cursor.execute("select count(*) from ledger_entry")
            ((count,),) = cursor.fetchall()
            return int(count)
    except InsufficientPrivilege:
        return None
    finally:
        opened.close()


def test_another_company_is_left_alone(server: Server) -> None:
    server.add_person("du.fu")
    with pytest.raises(Refused) as refused:
        seed_sample(server.superuser_dsn, "correct horse", TODAY)
    assert refused.value.reason.text_id == "sample.not_empty"
    assert counted(server, "select count(*) from command_inbox") == 0


def test_a_weak_password_comes_before_anything(server: Server) -> None:
    with pytest.raises(EnvironmentFault):
        seed_sample(server.superuser_dsn, "short", TODAY)
    assert counted(server, "select count(*) from person") == 0
