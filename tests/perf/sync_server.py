"""What the change feed and the rights cost on the server, with a million rows in the tables."""

import random
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extensions import parse_dsn
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app.core.people import Job
from app.core.projects import ProjectKind, ProjectStage
from app.models.engines import PostgresAddress, postgres_engine
from app.models.projects import Project
from app.server.connect import administrator_connection
from app.sync.postgres_port import PostgresPort
from tests.perf.figures import Sizes, median_ms
from tests.perf.rows import make_tasks
from tests.servers import Server, fresh_server, stamp

_LOGIN = "anna"
_BULKS = 9
# Entries of many transactions, as a feed of years has them: not one xid for all.
_OLD_FEED = """
insert into change_feed (xid, scope_id, row_table, row_id, op)
select (3 + n * (pg_current_xact_id()::text::bigint - 4) / :count)::text::xid8, scope_id, 'task',
    id, 'I'
from (select scope_id, id, row_number() over () as n from task limit :count) as made
"""
_CHANGE = """
update task set note = note || '.', row_version = row_version + 1
where id in (select id from task where scope_id = :project order by id limit :count)
"""
_COPY = """
create table {table} (like task including all);
insert into {table} select * from task where position <= {most};
create unique index on {table} (scope_id, position);
analyze {table}
"""
_CHANGE_ONE = """
update {table} set note = note || '.', row_version = row_version + 1
where scope_id = %s::uuid and position = %s
"""
_CHANGE_ALL = "update {table} set note = note || '.', row_version = row_version + 1"
_PAGE = """
select * from task where scope_id = %(project)s::uuid and parent_id is null
  and position > %(after)s order by parent_id, position limit 50
"""


def measure(sizes: Sizes) -> dict[str, float]:
    """Ratios of medians taken in turns in one run, and milliseconds of pulls."""
    with fresh_server() as server:
        server.add_person(_LOGIN, job=Job.PLANNER)
        project = _project(server.admin)
        server.grant(_LOGIN, project, Job.PLANNER)
        make_tasks(server.admin, project, sizes.rows, fed=False)
        figures = _rights(server, project, sizes)
        figures |= _pulls(server, project, sizes)
        return figures | _feed(server, project, sizes)


def _project(engine: Engine) -> UUID:
    project = uuid4()
    with Session(engine) as session, session.begin():
        session.add(
            Project(
                scope_id=project,
                id=project,
                code="P",
                name="百万行",
                kind=ProjectKind.PUBLIC,
                stage=ProjectStage.ACTIVE,
                region="",
                owner_name="",
                address="",
                planned_start=date(2026, 3, 1),
                note="",
                **stamp(),
            )
        )
    return project


def _in_turns(times: int, *works: Callable[[], object]) -> list[float]:
    """The median of each, in milliseconds; one after another, so that noise meets all alike."""
    took: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for place, work in enumerate(works):
            began = time.perf_counter()
            work()
            took[place].append(time.perf_counter() - began)
    return [median(one) * 1000 for one in took]


def _run(opened: Connection, statement: str, values: Any = None) -> None:
    with opened.cursor() as cursor:
        cursor.execute(statement, values)
        if cursor.description:
            cursor.fetchall()


def _rights(server: Server, project: UUID, sizes: Sizes) -> dict[str, float]:
    chance = random.Random(1)
    with (
        closing(administrator_connection(server.dsn_for(_LOGIN))) as person,
        closing(administrator_connection(server.superuser_dsn)) as bypassing,
    ):
        starts = [chance.randrange(sizes.rows) for _ in range(sizes.pages)]
        after = [iter(starts), iter(starts)]

        def page(opened: Connection, which: int) -> None:
            _run(opened, _PAGE, {"project": str(project), "after": next(after[which])})

        seen, bare = _in_turns(sizes.pages, lambda: page(person, 0), lambda: page(bypassing, 1))
    return {
        "rights_page_ms": seen,
        "bypassing_page_ms": bare,
        "rights_page_ratio": seen / bare,
    }


def _pulls(server: Server, project: UUID, sizes: Sizes) -> dict[str, float]:
    with server.admin.begin() as connection:
        connection.execute(text(_OLD_FEED), {"count": sizes.rows})
    with server.admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("vacuum analyze change_feed"))
    dsn = parse_dsn(server.dsn_for(_LOGIN))
    address = PostgresAddress(
        host="127.0.0.1",
        port=int(dsn["port"]),
        database=str(dsn["dbname"]),
        user=_LOGIN,
        sslmode="disable",
    )
    with closing(PostgresPort(postgres_engine(address, str(dsn["password"])))) as port:
        with port.view() as view:
            cursor = view.snapshot
        empty = median_ms(sizes.pulls, lambda: _fetch(port, project, cursor))
        with server.admin.begin() as connection:
            connection.execute(text(_CHANGE), {"project": project, "count": sizes.changed})
        changed = median_ms(max(3, sizes.pulls // 6), lambda: _fetch(port, project, cursor))
        assert _fetch(port, project, cursor) == sizes.changed
    return {"empty_pull_ms": empty, "pull_of_changes_ms": changed}


def _fetch(port: PostgresPort, project: UUID, cursor: str) -> int:
    """What a desk asks for in one pull; how many rows came."""
    with port.view() as view:
        changed = view.changed_keys([*view.hello.scopes], cursor)
        rows = sum(len(view.rows(table, keys)) for table, keys in changed.items())
        view.answers({project: 1})
    return rows


def _feed(server: Server, project: UUID, sizes: Sizes) -> dict[str, float]:
    """The same table twice, one of them with the triggers; both change the same rows."""
    tables = ("task_bare", "task_fed")
    with closing(administrator_connection(server.superuser_dsn)) as opened:
        for table in tables:
            _run(opened, _COPY.format(table=table, most=sizes.feed_bulk))
        _run(opened, "".join(map(_trigger, ("insert", "update"))))
        ones = [(str(project), number % sizes.feed_bulk + 1) for number in range(sizes.rows)]
        turns = [iter(ones), iter(ones)]

        def change_one(which: int) -> None:
            _run(opened, _CHANGE_ONE.format(table=tables[which]), next(turns[which]))

        def change_all(which: int) -> None:
            _run(opened, _CHANGE_ALL.format(table=tables[which]))

        single = _in_turns(sizes.feed_transactions, lambda: change_one(0), lambda: change_one(1))
        bulk = _in_turns(_BULKS, lambda: change_all(0), lambda: change_all(1))
    return {
        "feed_single_row_ms": single[1],
        "feed_single_row_ratio": single[1] / single[0],
        "feed_bulk_ms": bulk[1],
        "feed_bulk_ratio": bulk[1] / bulk[0],
    }


def _trigger(kind: str) -> str:
    return (
        f"create trigger feed_{kind} after {kind} on task_fed referencing new table as new_rows"
        f" for each statement execute function app.feed_{kind}();"
    )
