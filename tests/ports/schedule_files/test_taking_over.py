"""A file's schedule becomes a project's, with the dates that the file's network has."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from app.core.schedule.cpm import compute
from app.core.schedule.network import Activity, ActivityKind, Link, LinkType
from app.ports.schedule_files.imported import ImportedSchedule, WbsNode
from app.ports.schedule_files.reader import read_schedule
from app.ports.schedule_files.taking_over import import_command
from app.services.commands import decode, encode
from app.services.schedule.imports import PARTS, ImportSchedule
from tests.ports.schedule_files.samples import link_xml, mspdi_text, task_xml, xer_text
from tests.services.schedule.site import Site, new_id


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path / "cache.db")
    yield made
    made.close()


def imported(folder: Path, name: str, body: str) -> ImportedSchedule:
    path = folder / name
    path.write_text(body, encoding="utf-8")
    return read_schedule(path)


def taken(found: ImportedSchedule, scope_id: UUID) -> ImportSchedule:
    return import_command(found, scope_id, "plan.xer", new_id)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("plan.xer", xer_text()),
        ("plan.xml", mspdi_text()),
        (
            "tree.xml",
            mspdi_text(
                [
                    task_xml(1, 0, "<Summary>1</Summary>"),
                    task_xml(2, 80, level=2),
                    task_xml(3, 16, link_xml(2), level=2),
                ]
            ),
        ),
    ],
)
def test_the_dates_are_those_of_the_file(tmp_path: Path, site: Site, name: str, body: str) -> None:
    found = imported(tmp_path, name, body)
    command = taken(found, site.project_id)
    assert decode(PARTS[0], 1, encode(command)) == command
    site.run(command)
    schedule = compute(found.network)
    plan = site.plan()
    assert plan.findings == ()
    ours = {task.values.name: task.dates for task in plan.tasks}
    for activity in found.network.activities:
        theirs = schedule.dates[activity.id]
        mine = ours[activity.name]
        assert mine is not None
        assert (mine.early_start, mine.early_finish) == (theirs.early_start, theirs.early_finish)
        assert (mine.late_finish, mine.total_float) == (theirs.late_finish, theirs.total_float)


def test_the_tree_of_an_xer_file_becomes_summaries(tmp_path: Path, site: Site) -> None:
    site.run(taken(imported(tmp_path, "plan.xer", xer_text()), site.project_id))
    rows = [(task.level, task.values.name, task.values.kind) for task in site.plan().tasks]
    assert rows == [
        (0, "根", ActivityKind.SUMMARY),
        (1, "开挖", ActivityKind.TASK),
        (1, "垫层", ActivityKind.TASK),
        (1, "完工", ActivityKind.FINISH_MILESTONE),
    ]


@pytest.fixture
def plain(tmp_path: Path) -> ImportedSchedule:
    return imported(tmp_path, "plan.xer", xer_text())


def ids_of(command: ImportSchedule) -> list[UUID]:
    rows = [row.id for row in command.tasks] + [row.id for row in command.links]
    return rows + [calendar.id for calendar in command.calendars]


def test_ids_are_fresh_every_time(plain: ImportedSchedule) -> None:
    one, other = (taken(plain, new_id()) for _ in range(2))
    known, fresh = ids_of(one), ids_of(other)
    assert len(known) == len(fresh) == len(set(known + fresh)) / 2


def test_of_links_alike_the_one_with_most_lag_binds(plain: ImportedSchedule) -> None:
    first, second = (activity.id for activity in plain.network.activities[:2])
    links = tuple(Link(first, second, LinkType.FS, lag) for lag in (0, 480, 60))
    start = Link(first, second, LinkType.SS, 30)
    found = replace(plain, network=replace(plain.network, links=(*links, start)))
    kept = taken(found, new_id()).links
    assert sorted((link.type, link.lag) for link in kept) == [("FS", 480), ("SS", 30)]


def test_values_beyond_our_limits_are_brought_within(plain: ImportedSchedule) -> None:
    wild = Activity(
        id="C" * 500,
        name="长" * 900,
        duration=-5,
        percent=130.0,
        calendar_id="not among the calendars",
        deadline=datetime(2026, 4, 1),  # noqa: DTZ001 - site time
    )
    nameless = Activity(id="7", name="")
    network = replace(plain.network, activities=(wild, nameless), links=())
    found = replace(plain, network=network, wbs=(WbsNode("1", None, "", ""),), wbs_of={})
    command = taken(found, new_id())
    assert decode(PARTS[0], 1, encode(command)) == command
    node, long, bare = (task.fields for task in command.tasks)
    assert (node.name, bare.name) == ("1", "7")
    assert (len(str(long.code)), len(str(long.name))) == (120, 500)
    assert (long.duration_minutes, long.percent_complete) == (0, Decimal(1))
    assert long.calendar_id is None
    assert long.deadline == wild.deadline
    assert len({task.position for task in command.tasks}) == 3


def test_the_row_that_ms_project_makes_for_the_project_is_left_out(tmp_path: Path) -> None:
    rows = [task_xml(0, 96, "<Summary>1</Summary>", level=0), task_xml(1, 80), task_xml(2, 16)]
    command = taken(imported(tmp_path, "plan.xml", mspdi_text(rows)), new_id())
    assert [(task.parent_id, task.fields.name) for task in command.tasks] == [
        (None, "作业 1"),
        (None, "作业 2"),
    ]
