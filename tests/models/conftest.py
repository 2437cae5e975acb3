"""A server with two projects and a person in each."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.core.people import Job
from app.models.parts import SYNCED
from tests.models.asking import connect, insert_row
from tests.servers import Server, fresh_server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Two projects; Lin plans in the first, Ma in the second, both in the company."""
    with fresh_server() as made:
        for login in ("lin.feng", "ma.chao"):
            made.add_person(login)
        yield made


@pytest.fixture(scope="module")
def root(server: Server) -> Iterator[Connection]:
    opened = connect(server.superuser_dsn)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def projects(server: Server, root: Connection) -> tuple[UUID, UUID]:
    """A row of every table in each of two projects."""
    made = (uuid4(), uuid4())
    with root.cursor() as cursor:
        # Foreign keys are not what this is about.
        cursor.execute("set session_replication_role = replica")
        for project in made:
            for model in SYNCED:
                insert_row(cursor, model, project)
            cursor.execute(
                "insert into change_feed (scope_id, row_table, row_id, op)"
                " values (%s, 'task', %s, 'I')",
                (project, project),
            )
        cursor.execute("set session_replication_role = origin")
    server.grant("lin.feng", made[0], Job.PLANNER)
    server.grant("ma.chao", made[1], Job.PLANNER)
    return made


@pytest.fixture
def lin(server: Server, projects: tuple[UUID, UUID]) -> Iterator[Connection]:
    opened = connect(server.dsn_for("lin.feng"))
    yield opened
    opened.close()
