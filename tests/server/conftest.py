"""A fresh server and the simplest of desks for the tests of the server process."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from app.core.people import Job
from tests.server.inbox import BareDesk, found_project
from tests.servers import Server, fresh_server


@pytest.fixture
def server() -> Iterator[Server]:
    with fresh_server() as made:
        yield made


@pytest.fixture
def desk(server: Server) -> Iterator[BareDesk]:
    """An administrator's desk."""
    server.add_person("zhao.gang", "赵刚", Job.ADMINISTRATOR)
    with BareDesk(server, "zhao.gang") as made:
        yield made


@pytest.fixture
def project(server: Server, desk: BareDesk) -> UUID:
    """A project of the desk's own, P-1."""
    made = uuid4()
    desk.send(found_project(made))
    assert server.worker().apply_waiting() == 1
    return made
