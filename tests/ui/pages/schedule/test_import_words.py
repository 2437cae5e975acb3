"""What a person reads of a file before taking it over."""

import re
from datetime import datetime
from decimal import Decimal

from app.core.schedule.network import ActivityKind, ConstraintKind, Rules
from app.services.schedule.imports import CalendarImage, ImportSchedule
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import TaskFields, TaskImage
from app.ui.kit.text import tr
from app.ui.pages.schedule.import_words import preview_lines
from tests.services.schedule.site import SIX_DAYS, START, new_id, whole_fields


def lines(
    *fields: TaskFields, calendars: int = 0, settings: SettingsFields | None = None
) -> dict[str, str]:
    command = ImportSchedule(
        scope_id=new_id(),
        source="plan.xer",
        settings=settings or SettingsFields(),
        calendars=tuple(
            CalendarImage(id=new_id(), name=f"历{number}", week=SIX_DAYS)
            for number in range(calendars)
        ),
        tasks=tuple(
            TaskImage(id=new_id(), parent_id=None, position=number, fields=one)
            for number, one in enumerate(fields, 1)
        ),
        links=(),
    )
    return dict(preview_lines(command))


def test_rows_are_counted_by_kind() -> None:
    said = lines(
        whole_fields("基础", kind=ActivityKind.SUMMARY),
        whole_fields("垫层"),
        whole_fields("筏板"),
        whole_fields("管理", kind=ActivityKind.LEVEL_OF_EFFORT),
        whole_fields("开工", kind=ActivityKind.START_MILESTONE),
        whole_fields("验收", kind=ActivityKind.FINISH_MILESTONE),
    )
    assert re.findall(r"\d+", said[tr("schedule.page.preview_tasks")]) == ["3", "2", "1"]
    assert said[tr("schedule.page.preview_links")] == "0"
    assert said[tr("schedule.page.preview_file")] == "plan.xer"


def test_what_is_unusual_is_told_and_only_then() -> None:
    usual = lines(whole_fields("垫层"))
    facts = [tr(f"schedule.page.preview_{name}") for name in ("limited", "pinned", "begun")]
    assert not set(facts) & usual.keys()
    said = lines(
        whole_fields("垫层", actual_start=START, percent_complete=Decimal("0.5")),
        whole_fields("筏板", constraint_kind=ConstraintKind.START_NO_EARLIER, constraint_at=START),
        whole_fields("回填", pinned_start=START, actual_start=START),
    )
    assert [said[fact] for fact in facts] == ["1", "1", "2"]


def test_calendars_are_named_but_not_all_of_many() -> None:
    assert lines()[tr("schedule.page.preview_calendars")] == "0"
    assert lines(calendars=2)[tr("schedule.page.preview_calendars")] == "2：历0、历1"
    assert lines(calendars=6)[tr("schedule.page.preview_calendars")] == "6：历0、历1、历2、历3 …"


def test_dates_and_rules_are_those_of_the_file() -> None:
    bare = lines()
    assert bare[tr("schedule.page.data_date_label")] == "–"
    settings = SettingsFields(
        start_at=START,
        data_date=datetime(2026, 3, 20, 17),  # noqa: DTZ001
        rules=Rules.P6,
    )
    said = lines(settings=settings)
    assert said[tr("schedule.page.data_date_label")] == "2026-03-20 17:00"
    assert "2026-03-02 08:00" in said.values()
    assert len(said) == len(bare) + 1
