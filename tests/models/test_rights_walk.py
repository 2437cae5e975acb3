"""Every role tries everything on every table, function and sequence; the matrix says what it may.

One login and one connection for each role. Each attempt is undone at once, and is made without a
row, so that nothing but the right to do it decides.
"""

import json
from collections.abc import Iterator
from uuid import uuid4

import pytest
from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extensions import make_dsn

from app.core.errors import EnvironmentFault
from app.server.connect import administrator_connection
from app.server.embedded.scram import random_password, scram_verifier
from tests.models.asking import connect, rows
from tests.models.rights_matrix import COLUMNS, EVERY_ROLE, FUNCTIONS, GATEWAY, PERSON, TABLES
from tests.servers import Server

Attempt = tuple[str, str, str]
"""What is tried: the deed, on what, and a column where the deed has one."""

_TRY = """
do $walk$
declare
    tried record;
    allowed jsonb := '[]';
begin
    for tried in select * from jsonb_each_text({attempts}) loop
        begin
            execute tried.value;
            raise exception using errcode = 'WALKD';
        exception
            when insufficient_privilege then null;
            when others then allowed := allowed || to_jsonb(tried.key);
        end;
    end loop;
    perform set_config('walk.allowed', allowed::text, false);
end
$walk$
"""


@pytest.fixture(scope="module")
def attempts(root: Connection) -> dict[Attempt, str]:
    """Every attempt with the statement that makes it."""
    return {
        **dict(_on_tables(root)),
        **dict(_on_functions(root)),
        **dict(_on_sequences(root)),
    }


def _on_tables(root: Connection) -> Iterator[tuple[Attempt, str]]:
    for table in TABLES:
        yield ("select", table, ""), f"select from public.{table} limit 0"
        yield ("delete", table, ""), f"delete from public.{table} where false"
        yield ("truncate", table, ""), f"truncate public.{table}"
        yield ("lock", table, ""), f"lock table public.{table} in share update exclusive mode"
        for column in columns(root, table):
            named = f'public.{table} ("{column}") overriding system value'
            yield ("insert", table, column), f"insert into {named} select null where false"
            yield (
                ("update", table, column),
                f'update public.{table} set "{column}" = default where false',
            )


def columns(root: Connection, table: str) -> list[str]:
    query = (
        "select attname::text from pg_attribute where attrelid = %s::regclass and attnum > 0"
        " and not attisdropped and attgenerated = ''"
    )
    return [row[0] for row in rows(root, query, (table,))]


def _on_functions(root: Connection) -> Iterator[tuple[Attempt, str]]:
    found = rows(
        root,
        "select proname::text, pronargs from pg_proc where pronamespace = 'app'::regnamespace",
    )
    for name, count in found:
        yield ("execute", name, ""), f"select app.{name}({', '.join(['null'] * count)})"


def _on_sequences(root: Connection) -> Iterator[tuple[Attempt, str]]:
    found = rows(
        root,
        "select relname::text from pg_class where relkind = 'S'"
        " and relnamespace = 'public'::regnamespace",
    )
    assert found
    for (name,) in found:
        yield ("nextval", name, ""), f"select nextval('public.{name}')"
        yield ("setval", name, ""), f"select setval('public.{name}', 1)"
        yield ("currval", name, ""), f"select currval('public.{name}')"
        yield ("look", name, ""), f"select last_value from public.{name}"


def wanted(root: Connection, held: tuple[str, ...]) -> set[Attempt]:
    """What the matrix allows to somebody who holds these roles."""
    found: set[Attempt] = set()
    for table, line in TABLES.items():
        for role in held:
            for privilege in line.get(role, set()):
                found |= _deeds(root, table, role, privilege)
    for name, roles in FUNCTIONS.items():
        if roles & set(held):
            found.add(("execute", name, ""))
    return found


def _deeds(root: Connection, table: str, role: str, privilege: str) -> set[Attempt]:
    deed = privilege.rstrip("*")
    # Whoever may change whole rows of a table may lock it, too.
    locks: set[Attempt] = {("lock", table, "")} if privilege in ("update", "delete") else set()
    if deed not in ("insert", "update"):
        return {(deed, table, "")} | locks
    named = COLUMNS[table, role, deed] if privilege != deed else set(columns(root, table))
    return {(deed, table, column) for column in named} | locks


def _held(role: str) -> tuple[str, ...]:
    # Jobs and the gateway add to what every person may do.
    return (role, PERSON) if role.startswith("gantry_job_") or role == GATEWAY else (role,)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_a_role_can_do_what_is_written_and_nothing_else(
    server: Server, root: Connection, attempts: dict[Attempt, str], role: str
) -> None:
    login, password = f"walker.{uuid4().hex[:8]}", random_password()
    make_login(root, login, password, _held(role))
    try:
        walker = connect_as(root, server, login, password)
        assert tried(walker, attempts) == wanted(root, _held(role))
        walker.close()
    finally:
        drop_login(root, server, login)


def test_a_login_without_a_role_does_not_come_in(server: Server, root: Connection) -> None:
    login, password = f"walker.{uuid4().hex[:8]}", random_password()
    make_login(root, login, password, ())
    try:
        with pytest.raises(EnvironmentFault) as caught:
            administrator_connection(make_dsn(server.superuser_dsn, user=login, password=password))
        assert "permission denied for database" in str(caught.value.reason.parameters)
    finally:
        drop_login(root, server, login)


def test_a_right_that_is_not_written_is_seen(
    server: Server, root: Connection, attempts: dict[Attempt, str], lin: Connection
) -> None:
    before = tried(lin, attempts)
    with root.cursor() as cursor:
        cursor.execute("grant update (last_seen) on device to gantry_person")
    try:
        assert tried(lin, attempts) - before == {("update", "device", "last_seen")}
    finally:
        with root.cursor() as cursor:
            cursor.execute("revoke update (last_seen) on device from gantry_person")


def make_login(root: Connection, login: str, password: str, held: tuple[str, ...]) -> None:
    with root.cursor() as cursor:
        cursor.execute(
            sql.SQL("create role {} login password {}").format(
                sql.Identifier(login), sql.Literal(scram_verifier(password))
            )
        )
        for role in held:
            cursor.execute(
                sql.SQL("grant {} to {} with inherit true, set false").format(
                    sql.Identifier(role), sql.Identifier(login)
                )
            )


def connect_as(root: Connection, server: Server, login: str, password: str) -> Connection:
    # The roles that own functions may not connect; here they have to.
    with root.cursor() as cursor:
        cursor.execute(
            sql.SQL("grant connect on database {} to {}").format(
                sql.Identifier(server.database), sql.Identifier(login)
            )
        )
    return connect(make_dsn(server.superuser_dsn, user=login, password=password))


def drop_login(root: Connection, server: Server, login: str) -> None:
    with root.cursor() as cursor:
        named = sql.Identifier(login)
        cursor.execute(
            sql.SQL("revoke connect on database {} from {}").format(
                sql.Identifier(server.database), named
            )
        )
        cursor.execute(sql.SQL("drop role {}").format(named))


def tried(walker: Connection, attempts: dict[Attempt, str]) -> set[Attempt]:
    """The attempts that the server did not refuse for want of a right."""
    numbered = list(attempts)
    texts = json.dumps({str(number): attempts[one] for number, one in enumerate(numbered)})
    with walker.cursor() as cursor:
        cursor.execute(sql.SQL(_TRY).format(attempts=sql.Literal(texts)))
        cursor.execute("select current_setting('walk.allowed')")
        ((said,),) = cursor.fetchall()
    return {numbered[int(number)] for number in json.loads(said)}
