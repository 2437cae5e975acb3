"""The gateway's login: nobody by itself, and for one transaction the person that it asks for."""

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest
from psycopg2.errors import InsufficientPrivilege, InvalidParameterValue
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extensions import make_dsn

from app.server.embedded.scram import random_password, scram_verifier
from tests.models.asking import connect, rows
from tests.server.attacks.conftest import Company

LOGIN = "gate.way"
PUT = (
    "insert into public.command_inbox (op_id, scope_id, actor, device_id, device_seq, kind,"
    " kind_version, payload, issued_at{}) values (%s, %s, %s, %s, 1, 'x', 1, '{{}}', now(){})"
    " returning actor"
)


@pytest.fixture
def gateway(company: Company, root: Connection) -> Iterator[Connection]:
    """A login of the gateway that may act for Lin."""
    password = random_password()
    with root.cursor() as cursor:
        cursor.execute(
            f'create role "{LOGIN}" login noinherit password %s', (scram_verifier(password),)
        )
        cursor.execute(f'grant gantry_gateway to "{LOGIN}" with inherit true, set false')
        cursor.execute(f'grant "lin.feng" to "{LOGIN}" with inherit false, set true')
        cursor.execute(f'grant connect on database {company.server.database} to "{LOGIN}"')
    dsn = make_dsn(company.server.superuser_dsn, user=LOGIN, password=password)
    with closing(connect(dsn)) as opened:
        opened.autocommit = False
        yield opened
    with root.cursor() as cursor:
        cursor.execute(f'revoke connect on database {company.server.database} from "{LOGIN}"')
        cursor.execute(f'drop role "{LOGIN}"')


def put(gateway: Connection, company: Company, actor: str, behalf: str = "") -> str:
    statement = PUT.format(", on_behalf_of" if behalf else "", f", '{behalf}'" if behalf else "")
    ((asked,),) = rows(gateway, statement, (uuid4(), company.lin_project, actor, uuid4()))
    return str(asked)


def test_by_itself_it_is_nobody(company: Company, gateway: Connection) -> None:
    for statement in ("select app.me()", "select id from public.project", "select app.hello()"):
        with pytest.raises(InsufficientPrivilege):
            rows(gateway, statement)
        gateway.rollback()
    for actor in (LOGIN, "lin.feng", "ma.chao"):
        for behalf in ("", "lin.feng"):
            with pytest.raises(InsufficientPrivilege):
                put(gateway, company, actor, behalf)
            gateway.rollback()


def test_for_one_transaction_it_is_the_person(company: Company, gateway: Connection) -> None:
    with gateway.cursor() as cursor:
        cursor.execute('set local role "lin.feng"')
    assert rows(gateway, "select app.me()") == [("lin.feng",)]
    assert {row[0] for row in rows(gateway, "select id from project")} == {company.lin_project}
    ((said,),) = rows(gateway, "select app.hello()")
    assert said["me"] == "lin.feng"
    assert str(company.ma_project) not in said["scopes"]
    assert put(gateway, company, "lin.feng") == "lin.feng"
    gateway.commit()
    with pytest.raises(InsufficientPrivilege):
        rows(gateway, "select app.me()")


@pytest.mark.parametrize("forged", ["ma.chao", "zhao.gang", LOGIN, "gantry_admin"])
def test_as_a_person_it_asks_for_no_other(
    company: Company, gateway: Connection, forged: str
) -> None:
    with gateway.cursor() as cursor:
        cursor.execute('set local role "lin.feng"')
    with pytest.raises(InsufficientPrivilege):
        put(gateway, company, forged)
    gateway.rollback()


def test_who_acts_through_it_is_not_written_by_the_person(
    company: Company, gateway: Connection
) -> None:
    with gateway.cursor() as cursor:
        cursor.execute('set local role "lin.feng"')
    with pytest.raises(InsufficientPrivilege):
        put(gateway, company, "lin.feng", "ma.chao")
    gateway.rollback()


@pytest.mark.parametrize(
    "role", ["ma.chao", "zhao.gang", "gantry_worker", "gantry_reader", "gantry_person", "postgres"]
)
def test_it_becomes_nobody_that_it_was_not_given(gateway: Connection, role: str) -> None:
    for before in ("select 1", 'set local role "lin.feng"'):
        with gateway.cursor() as cursor:
            cursor.execute(before)
        with pytest.raises((InsufficientPrivilege, InvalidParameterValue)):
            rows(gateway, f'set local role "{role}"')
        gateway.rollback()


def test_a_custom_setting_names_nobody(company: Company, gateway: Connection) -> None:
    with gateway.cursor() as cursor:
        cursor.execute("set local app.me = 'ma.chao'; set local \"app.role\" = 'ma.chao'")
        cursor.execute('set local role "lin.feng"')
    assert rows(gateway, "select app.me()") == [("lin.feng",)]
    gateway.rollback()
