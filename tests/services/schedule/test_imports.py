"""A whole schedule in one command."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from app.core.errors import Refused
from app.core.schedule.network import LagCalendar, LagKind, LinkType, ProgressMode, Rules
from app.services.commands import decode, encode
from app.services.schedule.imports import PARTS, CalendarImage, ImportSchedule
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import LinkImage, TaskImage
from tests.services.schedule.site import SIX_DAYS, Site, new_id, whole_fields


def imported(scope_id: UUID, *, cycle: bool = False) -> ImportSchedule:
    calendar_id, ids = new_id(), [new_id() for _ in range(3)]
    pairs = [(0, 1), (1, 2)] + ([(2, 0)] if cycle else [])
    return ImportSchedule(
        scope_id=scope_id,
        source="plan.xer",
        settings=SettingsFields(
            default_calendar_id=calendar_id,
            start_at=datetime(2026, 3, 2, 8),  # noqa: DTZ001
            rules=Rules.P6,
            progress_mode=ProgressMode.RETAINED_LOGIC,
            lag_calendar=LagCalendar.PREDECESSOR,
        ),
        calendars=(CalendarImage(id=calendar_id, name="P6", week=SIX_DAYS),),
        tasks=tuple(
            TaskImage(id=row, parent_id=None, position=n, fields=whole_fields(f"T{n}"))
            for n, row in enumerate(ids, 1)
        ),
        links=tuple(
            LinkImage(
                id=new_id(),
                predecessor_id=ids[a],
                successor_id=ids[b],
                type=LinkType.FS,
                lag=0,
                lag_kind=LagKind.WORKING,
            )
            for a, b in pairs
        ),
    )


def test_it_fills_a_project_that_has_settings(site: Site) -> None:
    site.run(imported(site.project_id))
    plan = site.plan()
    assert [task.values.name for task in plan.tasks] == ["T1", "T2", "T3"]
    assert len(plan.links) == 2
    assert (plan.imported_from, plan.settings.rules) == ("plan.xer", Rules.P6)
    assert plan.schedule is not None
    assert f"{plan.schedule.project_finish:%m-%d %H:%M}" == "03-04 17:00"


def test_it_fills_a_project_without_settings(tmp_path: Path) -> None:
    bare = Site(tmp_path / "bare.db")
    bare.run(imported(bare.project_id))
    assert len(bare.plan().tasks) == 3
    bare.close()


def test_it_travels_as_text(site: Site) -> None:
    command = imported(site.project_id)
    assert decode(PARTS[0], 1, encode(command)) == command


def test_tasks_that_are_there_are_not_overwritten(site: Site) -> None:
    site.add("土方")
    with pytest.raises(Refused) as error:
        site.run(imported(site.project_id))
    assert error.value.reason.text_id == "schedule.import_needs_empty"
    assert error.value.reason.parameters["count"] == 1


def test_a_cycle_in_the_file_leaves_nothing_behind(site: Site) -> None:
    with pytest.raises(Refused) as error:
        site.run(imported(site.project_id, cycle=True))
    assert error.value.reason.text_id == "schedule.cycle"
    plan = site.plan()
    assert not plan.tasks
    assert not plan.links
    assert len(plan.calendars) == 1


def test_settings_must_name_a_calendar_of_the_file(site: Site) -> None:
    command = imported(site.project_id)
    wrong = msgspec.structs.replace(command.settings, default_calendar_id=new_id())
    with pytest.raises(Refused) as error:
        site.run(msgspec.structs.replace(command, settings=wrong))
    assert error.value.reason.text_id == "schedule.calendar_gone"


def test_settings_that_lack_something_do_not_start_a_schedule(tmp_path: Path) -> None:
    bare = Site(tmp_path / "bare.db")
    command = imported(bare.project_id)
    partial = SettingsFields(default_calendar_id=command.calendars[0].id)
    with pytest.raises(Refused) as error:
        bare.run(msgspec.structs.replace(command, settings=partial))
    bare.close()
    assert error.value.reason.text_id == "schedule.missing"
