"""Fixtures of the tests of faults."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.people import Job
from tests.servers import fresh_server
from tests.sync.desks import Office, office


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Office]:
    """An office with two leaders of the company's projects, `anna` and `boris`."""
    with fresh_server() as server:
        server.add_person("anna", "安娜", Job.ADMINISTRATOR)
        server.add_person("boris", "鲍里斯", Job.ADMINISTRATOR)
        with office(server, tmp_path) as opened:
            yield opened
