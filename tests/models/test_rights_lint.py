"""The catalogue keeps the rules, and each rule sees what breaks it."""

from collections.abc import Iterator

import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from tests.models.asking import connect
from tests.models.rights_lint import RULES
from tests.servers import Server

_DEFINER = (
    "create function app.planted() returns int language sql security definer"
    " set search_path = pg_catalog, pg_temp as 'select 1';"
    "revoke all on function app.planted() from public;"
)

PLANTED = [
    ("row_security_is_forced", "create table planted (a int)", "planted"),
    ("row_security_is_forced", "alter table task no force row level security", "task"),
    ("row_security_is_forced", "alter table project disable row level security", "project"),
    ("row_security_is_forced", "create materialized view planted as select 1", "planted"),
    (
        "policies_have_the_allowed_forms",
        "create policy planted on task to gantry_person using (true)",
        "task.planted",
    ),
    (
        "policies_have_the_allowed_forms",
        "create policy planted on task to gantry_person using (scope_id = any(app.my_scopes()))",
        "task.planted",
    ),
    (
        "policies_have_the_allowed_forms",
        "create policy planted on task using (scope_id = any((select app.my_scopes())::uuid[]))",
        "task.planted",
    ),
    (
        "policies_have_the_allowed_forms",
        "create policy planted on command_inbox as restrictive to gantry_person"
        " using (actor = app.me())",
        "command_inbox.planted",
    ),
    (
        "policies_have_the_allowed_forms",
        "create policy planted on task to gantry_worker using (note = current_setting('app.me'))",
        "task.planted",
    ),
    ("definers_belong_to_nobody_who_logs_in", _DEFINER, "planted"),
    (
        "definers_belong_to_nobody_who_logs_in",
        "alter function app.hello() owner to gantry_rights",
        "hello",
    ),
    ("definers_belong_to_nobody_who_logs_in", "alter role gantry_reader login", "hello"),
    (
        "owners_of_definers_write_little",
        "grant update (name) on project to gantry_reader",
        "gantry_reader on project",
    ),
    ("search_paths_are_pinned", "alter function app.me() reset search_path", "me"),
    (
        "search_paths_are_pinned",
        "alter function app.my_scopes() set search_path = public",
        "my_scopes",
    ),
    (
        "views_run_with_the_rights_of_who_asks",
        "create view planted as select * from project",
        "planted",
    ),
    ("public_has_nothing", "grant select on project to public", "project"),
    ("public_has_nothing", "grant select (name) on project to public", "project.name"),
    ("public_has_nothing", "grant usage on schema app to public", "app"),
    ("public_has_nothing", "grant execute on function app.me() to public", "app.me()"),
    (
        "public_has_nothing",
        "create function app.planted() returns int language sql as 'select 1'",
        "app.planted()",
    ),
    (
        "public_has_nothing",
        "grant usage on sequence change_feed_seq_seq to public",
        "change_feed_seq_seq",
    ),
    (
        "public_neither_writes_nor_locks",
        "grant execute on function lo_create(oid) to public",
        "lo_create(oid)",
    ),
    (
        "public_neither_writes_nor_locks",
        "grant execute on function pg_advisory_lock(bigint) to public",
        "pg_advisory_lock(bigint)",
    ),
    ("groups_do_not_log_in", "alter role gantry_person createrole", "gantry_person"),
    ("groups_do_not_log_in", "alter role gantry_intake bypassrls", "gantry_intake"),
    ("logins_own_nothing", 'alter table project owner to "lin.feng"', "project"),
    ("logins_own_nothing", 'alter function app.me() owner to "lin.feng"', "app.me()"),
    (
        "people_go_by_no_other_name",
        'grant gantry_job_manager to "lin.feng" with set true',
        '"lin.feng" as gantry_job_manager',
    ),
    (
        "people_go_by_no_other_name",
        'grant gantry_person to "lin.feng" with admin true, set false',
        '"lin.feng" as gantry_person',
    ),
]


@pytest.fixture
def planting(server: Server) -> Iterator[Connection]:
    """A superuser's transaction that is never committed."""
    opened = connect(server.superuser_dsn)
    opened.autocommit = False
    yield opened
    opened.rollback()
    opened.close()


@pytest.mark.parametrize("rule", RULES)
def test_the_catalogue_keeps_the_rule(root: Connection, rule: str) -> None:
    assert RULES[rule](root) == []


@pytest.mark.parametrize(("rule", "statement", "said"), PLANTED)
def test_the_rule_sees_what_breaks_it(
    planting: Connection, rule: str, statement: str, said: str
) -> None:
    with planting.cursor() as cursor:
        cursor.execute(statement)
    assert said in RULES[rule](planting)


def test_every_rule_was_tried() -> None:
    assert {rule for rule, _, _ in PLANTED} == RULES.keys()
