"""An office of four people with one project, for tests of commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.people import Job
from tests.services.office import Office

LEADER = "zhou.mingyuan"
PLANNER = "chen.li"
CLERK = "wang.fang"
ADMINISTRATOR = "zhang.chi"
PEOPLE = (
    (LEADER, "周明远", Job.PROJECT_MANAGER),
    (PLANNER, "陈立", Job.PLANNER),
    (CLERK, "王芳", Job.FINANCE_CLERK),
    (ADMINISTRATOR, "张弛", Job.ADMINISTRATOR),
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """A company of four without projects."""
    made = Office(tmp_path / "office.db")
    for login, name, job in PEOPLE:
        made.employ(login, name, job)
    yield made
    made.close()
