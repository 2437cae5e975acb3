"""A project whose finance clerk is Wang Fang."""

import pytest

from app.core.people import Job
from tests.services.conftest import CLERK, LEADER, PLANNER
from tests.services.ledger.books import Books
from tests.services.office import Office


@pytest.fixture
def books(office: Office) -> Books:
    """Empty books: the leader and the clerk write, the administrator approves."""
    project_id = office.found(LEADER, "BJ-2026-018", "滨江花园二期住宅")
    office.employ(CLERK, "王芳", Job.FINANCE_CLERK, scope_id=project_id)
    office.employ(PLANNER, "陈立", Job.PLANNER, scope_id=project_id)
    return Books(office, project_id)
