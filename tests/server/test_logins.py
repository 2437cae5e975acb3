"""Logins of people and of the worker, and of nobody else."""

from collections.abc import Iterator

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extensions import make_dsn

from app.core.errors import EnvironmentFault, Refused
from app.server.connect import administrator_connection
from app.server.logins import (
    check_free,
    check_password,
    person_logins,
    set_person_login,
    set_person_logins,
    shut_out,
)
from tests.server.inbox import BareDesk
from tests.servers import Server


@pytest.fixture
def root(server: Server) -> Iterator[Connection]:
    opened = administrator_connection(server.superuser_dsn)
    yield opened
    opened.close()


def test_a_person_cannot_go_by_the_name_of_a_group(server: Server, root: Connection) -> None:
    server.add_person("wang.wei")
    with root.cursor() as cursor:
        cursor.execute(
            "select bool_or(set_option), bool_and(inherit_option) from pg_auth_members"
            " join pg_roles on pg_roles.oid = member where rolname = 'wang.wei'"
        )
        assert cursor.fetchone() == (False, True)
    assert person_logins(root)["wang.wei"] is True


def test_what_a_broken_line_left_half_open_ends_by_itself(server: Server) -> None:
    server.add_person("wang.wei")
    with BareDesk(server, "wang.wei") as desk:
        ((idle, keepalives),) = desk.rows(
            "select current_setting('idle_session_timeout'), current_setting('tcp_keepalives_idle')"
        )
    assert (idle, keepalives) == ("1min", "15")


@pytest.mark.parametrize("login", ["postgres", "gantry_rights", "pg_monitor"])
def test_other_roles_are_left_alone(root: Connection, login: str) -> None:
    with pytest.raises(Refused):
        set_person_login(root, login, "correct horse")
    assert shut_out(root, login) == 0
    with root.cursor() as cursor:
        cursor.execute("select rolcanlogin from pg_roles where rolname = %s", (login,))
        assert cursor.fetchone() == (login == "postgres",)


def test_several_people_are_let_in_together_or_not_at_all(root: Connection) -> None:
    people = ["together.one", "together.two"]
    with pytest.raises(Refused):
        set_person_logins(root, [*people, "postgres"], "correct horse")
    assert not set(people) & set(person_logins(root))
    assert root.autocommit
    set_person_logins(root, people, "correct horse")
    assert set(people) <= set(person_logins(root))
    for login in people:
        psycopg2.connect(make_dsn(root.dsn, user=login, password="correct horse")).close()
        with root.cursor() as cursor:
            cursor.execute(f'drop role "{login}"')


def test_roles_with_powers_are_not_free(root: Connection) -> None:
    with pytest.raises(Refused):
        check_free(root, "postgres")
    check_free(root, "nobody.yet")


@pytest.mark.parametrize("password", ["short", "пароль пароль", "tab\there it is", ""])
def test_weak_passwords(password: str) -> None:
    with pytest.raises(EnvironmentFault):
        check_password(password)
    check_password("long enough")
