"""A project is its own scope, and is stored as it is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from app.core.projects import ProjectKind, ProjectStage
from app.models.projects import Project
from tests.models.databases import KINDS, add, empty_database
from tests.models.stored import PROJECT, read_again, stamp

VALUES = {
    "code": "BJ-2026-018",
    "name": "滨江花园二期住宅",
    "kind": ProjectKind.RESIDENTIAL,
    "stage": ProjectStage.WARRANTY,
    "region": "华东",
    "owner_name": "滨江城建",
    "address": "滨江路 18 号",
    "planned_start": date(2026, 3, 2),
    "planned_finish": None,
    "note": "第一行\n第二行 𠀀",
}


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with empty_database(request.param, tmp_path) as made:
        yield made


def test_a_project_comes_back(engine: Engine) -> None:
    read_again(engine, Project, stamp(1) | {"id": PROJECT} | VALUES)


def test_a_project_is_its_own_scope(engine: Engine) -> None:
    with pytest.raises(IntegrityError):
        add(engine, Project(**stamp(1), **VALUES))
