"""Looking at what is none of one's business: other scopes, other sessions, the server's insides."""

from collections.abc import Iterator
from contextlib import closing, suppress

import psycopg2
import pytest
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from tests.models.asking import connect, rows
from tests.server.attacks.conftest import Company
from tests.server.inbox import BareDesk, edit

SECRET = "九龙壁修缮"


@pytest.fixture(scope="module", autouse=True)
def _secret(company: Company) -> None:
    """Ma's project holds a secret, and the planner has looked at every table."""
    with BareDesk(company.server, "ma.chao") as ma:
        (op_id,) = ma.send(edit(company.ma_project, "", SECRET))
        company.worker.apply_waiting()
        assert ma.answer(op_id) == ("applied", None)
    with closing(connect(company.server.superuser_dsn)) as root, root.cursor() as cursor:
        cursor.execute("analyze")
        cursor.execute("create statistics mixed on code, name, region from project")
        cursor.execute("analyze project")
        cursor.execute("select pg_sleep(0)")


@pytest.fixture
def peeping(company: Company) -> Iterator[Connection]:
    with closing(connect(company.server.dsn_for("lin.feng"))) as opened:
        yield opened


def said(opened: Connection, statement: str) -> str:
    """All that the server lets out: rows, errors, notices and their context."""
    found = ""
    with opened.cursor() as cursor:
        try:
            cursor.execute(statement)
            found = str(cursor.fetchall())
        except psycopg2.Error as error:
            parts = (error.diag.message_primary, error.diag.message_detail, error.diag.context)
            found = f"{error} {parts}"
    return found + "".join(opened.notices)


TRICKS = (
    "select * from project where 1 / (case when region <> '' then 0 else 1 end) = 1",
    "select * from project where region::int = 1",
    "select * from project where (region || name)::date is not null",
    "select * from project order by (region)::int",
    "select max(region), min(region), string_agg(region, ',') from project",
    "select region::xml from project",
    "select to_date(region, 'YYYY')::text from project",
    "select * from project where region ~ '('",
    "select * from project natural join (select distinct region::int from project) as other",
    "select cast(region as bytea) from project where region like '%九%'",
    "select row_to_json(project) from project",
    "select query_to_xml('select * from project', true, true, '')",
    "select table_to_xml('project', true, true, '')",
    "select * from pg_stats where tablename = 'project'",
    "select * from pg_stats_ext",
    "select * from pg_stats_ext_exprs",
    "select stxdmcv from pg_statistic_ext_data",
    "select * from pg_statistic",
    "select query, client_addr from pg_stat_activity where usename <> current_user",
    "select * from pg_stat_get_activity(null)",
    "select prosrc from pg_proc where pronamespace = 'app'::regnamespace",
    "table change_feed",
    "table command_inbox",
    "table payload_chunk",
    "table conflict",
    "do $$ declare found record; begin for found in select * from project loop raise notice '%',"
    " found; end loop; end $$",
)


@pytest.mark.parametrize("trick", TRICKS)
def test_nothing_of_another_scope_comes_out(peeping: Connection, trick: str) -> None:
    out = said(peeping, trick)
    assert SECRET not in out
    assert SECRET.encode().hex() not in out


def test_the_secret_is_where_it_is_looked_for(root: Connection) -> None:
    for trick in ("select * from project", "select * from pg_stats where tablename = 'project'"):
        assert SECRET in said(root, trick)


def test_a_plan_tells_no_rows_of_another_scope(peeping: Connection) -> None:
    """An estimate comes from statistics of all rows: it is what remains to be seen."""
    query = "explain (analyze, costs off, timing off, summary off, format json) {}"
    ((plan,),) = rows(peeping, query.format("select * from project"))
    assert "Rows Removed by Filter" in str(plan)
    ((plan,),) = rows(peeping, query.format(f"select * from project where region = '{SECRET}'"))
    assert plan[0]["Plan"]["Actual Rows"] == 0


def test_where_a_row_lies_tells_nothing(company: Company, peeping: Connection) -> None:
    found = rows(peeping, "select id, ctid, xmin, xmax, tableoid::regclass::text from project")
    assert {row[0] for row in found} == {company.lin_project}
    assert (
        rows(
            peeping,
            "select * from project where ctid = '(0,1)' and id <> all (%s)",
            ([company.lin_project],),
        )
        == []
    )


def test_numbers_of_sequences_are_nobodys(root: Connection, peeping: Connection) -> None:
    names = [
        row[0]
        for row in rows(
            root,
            "select oid::regclass::text from pg_sequence, pg_class where pg_class.oid = seqrelid",
        )
    ]
    assert names
    for name in names:
        for statement in (
            f"select nextval('{name}')",
            f"select currval('{name}')",
            f"select setval('{name}', 1)",
            f"select last_value from {name}",
        ):
            with pytest.raises(InsufficientPrivilege):
                rows(peeping, statement)
        ((last,),) = rows(peeping, f"select pg_sequence_last_value('{name}')")
        assert last is None
    assert rows(peeping, "select last_value from pg_sequences where last_value is not null") == []


def test_no_session_of_another_is_ended(company: Company, peeping: Connection) -> None:
    with BareDesk(company.server, "ma.chao") as ma:
        others = rows(peeping, "select pid from pg_stat_activity where usename <> current_user")
        assert others
        for (pid,) in others:
            for deed in ("pg_cancel_backend", "pg_terminate_backend"):
                with pytest.raises(InsufficientPrivilege):
                    rows(peeping, f"select {deed}({pid})")
        assert ma.rows("select 1") == [(1,)]


def test_nothing_can_be_put_before_the_servers_own_names(
    company: Company, peeping: Connection
) -> None:
    """No temporary schema, and no operator, cast, type or function anywhere else."""
    for statement in (
        "create temp table scope_member (scope_id uuid, person text, job text)",
        "create temp view person as select 1",
        "select 1 into temp project",
        "create function pg_temp.me() returns text language sql as $$ select 'ma.chao' $$",
        "create function public.me() returns text language sql as $$ select 'ma.chao' $$",
        "create operator pg_temp.= (function = texteq, leftarg = text, rightarg = text)",
        "create operator public.= (function = texteq, leftarg = text, rightarg = text)",
        "create cast (text as uuid) with inout as implicit",
        "create type pg_temp.uuid as enum ('x')",
        "create domain public.uuid as text",
        "create aggregate public.count (text) (sfunc = textcat, stype = text)",
        'create collation public.c from "C"',
        "create schema pg_temp",
        "alter function app.me() set search_path = public",
        "create or replace function app.me() returns text language sql as $$ select 'x' $$",
        "create rule planted as on insert to command_inbox do also notify x",
        "create trigger planted before insert on command_inbox execute function app.me()",
        "create policy planted on project using (true)",
    ):
        with pytest.raises(psycopg2.Error) as caught:
            rows(peeping, statement)
        assert caught.value.pgcode in ("42501", "42939", "42P17"), (statement, caught.value)
    with peeping.cursor() as cursor:
        cursor.execute("set search_path = pg_temp, public, app")
    assert rows(peeping, "select app.me()") == [("lin.feng",)]
    assert {row[0] for row in rows(peeping, "select id from project")} == {company.lin_project}


def test_settings_of_the_own_change_nothing_for_the_server(
    company: Company, peeping: Connection
) -> None:
    for statement in (
        "set session_replication_role = replica",
        "alter role current_user set session_replication_role = replica",
        "alter role current_user set role = gantry_worker",
        "set role = gantry_reader",
        "set session authorization postgres",
        "alter role current_user createrole",
        "alter role gantry_person login",
        "alter database current set row_security = off",
        "load 'auto_explain'",
        "set local_preload_libraries = 'auto_explain'",
    ):
        with suppress(psycopg2.Error), peeping.cursor() as cursor:
            cursor.execute(statement)
    with closing(connect(company.server.dsn_for("lin.feng"))) as again:
        assert rows(again, "select app.me(), current_user, session_user") == [
            ("lin.feng", "lin.feng", "lin.feng")
        ]
        assert {row[0] for row in rows(again, "select id from project")} == {company.lin_project}
        with again.cursor() as cursor:
            cursor.execute("alter role current_user reset all")


def test_that_an_id_exists_is_all_that_can_be_found_out(company: Company, lin: BareDesk) -> None:
    """Ids of commands are chance: whoever knows one has seen it already."""
    with BareDesk(company.server, "ma.chao") as ma:
        (known,) = ma.send(edit(company.ma_project, SECRET, SECRET))
    taken = lin.row("x", "{}", company.lin_project, op_id=known)
    assert lin.insert([taken]) == []
    for table in ("command_inbox", "command_result"):
        assert lin.rows(f"select * from {table} where op_id = %s", known) == []
