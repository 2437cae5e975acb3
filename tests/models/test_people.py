"""People and memberships are stored as they are, each login and job once a scope."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.models.people import Person, ScopeMember
from tests.models.databases import KINDS, add, empty_database
from tests.models.stored import read_again, stamp


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with empty_database(request.param, tmp_path) as made:
        yield made


def test_people_come_back(engine: Engine) -> None:
    person = {"login": "li.na", "display_name": "李娜", "phone": "138", "active": False}
    read_again(engine, Person, stamp(1, COMPANY_SCOPE) | person)
    members = [stamp(n) | {"person": "li.na", "job": job} for n, job in enumerate(Job)]
    read_again(engine, ScopeMember, *members)


def test_a_login_is_used_once(engine: Engine) -> None:
    person = {"login": "li.na", "display_name": "李娜"}
    add(engine, Person(**stamp(1, COMPANY_SCOPE), **person))
    with pytest.raises(IntegrityError):
        add(engine, Person(**stamp(2, COMPANY_SCOPE), **person))


def test_a_job_is_held_once(engine: Engine) -> None:
    member = {"person": "li.na", "job": Job.PLANNER}
    add(engine, ScopeMember(**stamp(1), **member))
    with pytest.raises(IntegrityError):
        add(engine, ScopeMember(**stamp(2), **member))
