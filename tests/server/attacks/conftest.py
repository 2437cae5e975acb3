"""A company with two people who are no administrators, each in a project of the own."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.core.people import Job
from app.server.worker import Worker
from tests.models.asking import connect
from tests.server.inbox import BareDesk, found_project
from tests.servers import Server, fresh_server


@dataclass(frozen=True)
class Company:
    """Lin plans in `lin_project`, Ma in `ma_project`; Zhao administers."""

    server: Server
    worker: Worker
    administrator: BareDesk
    lin_project: UUID
    ma_project: UUID


@pytest.fixture(scope="module")
def company() -> Iterator[Company]:
    with fresh_server() as server:
        server.add_person("zhao.gang", "赵刚", Job.ADMINISTRATOR)
        for login in ("lin.feng", "ma.chao"):
            server.add_person(login)
        with BareDesk(server, "zhao.gang") as administrator:
            projects = uuid4(), uuid4()
            administrator.send(
                *(found_project(one, f"P-{number}") for number, one in enumerate(projects))
            )
            worker = server.worker()
            assert worker.apply_waiting() == 2
            server.grant("lin.feng", projects[0], Job.PROJECT_MANAGER)
            server.grant("ma.chao", projects[1], Job.PROJECT_MANAGER)
            yield Company(server, worker, administrator, *projects)


@pytest.fixture
def lin(company: Company) -> Iterator[BareDesk]:
    with BareDesk(company.server, "lin.feng") as made:
        yield made


@pytest.fixture
def ma(company: Company) -> Iterator[BareDesk]:
    with BareDesk(company.server, "ma.chao") as made:
        yield made


@pytest.fixture
def root(company: Company) -> Iterator[Connection]:
    with closing(connect(company.server.superuser_dsn)) as opened:
        yield opened
