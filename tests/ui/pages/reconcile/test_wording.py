"""Values in words: every field of every command has a name, and no value looks like JSON."""

from enum import StrEnum
from uuid import UUID

import pytest

from app.core.errors import Reason
from app.core.schedule.network import (
    ActivityKind,
    ConstraintKind,
    FloatKind,
    LagCalendar,
    LagKind,
    LinkType,
    ProgressMode,
    Rules,
)
from app.services.inbox import Names, TypedField
from app.services.parts import COMMAND_PARTS
from app.services.reconcile import EDITABLE
from app.texts import LANGUAGES, words
from app.ui.kit.text import texts
from app.ui.pages.reconcile.wording import (
    SILENT,
    is_told,
    say_field,
    say_value,
    say_week,
    say_why,
)

SCOPE = UUID(int=1)
CALENDAR = UUID(int=2)
TASK = UUID(int=3)
NAMES = Names({"chen.li": "陈立"}, {}, {TASK: "1.2 垫层"}, {CALENDAR: "六天工作制"}, {SCOPE: 600})
ENUMS: tuple[type[StrEnum], ...] = (
    ActivityKind,
    ConstraintKind,
    FloatKind,
    LagCalendar,
    LagKind,
    LinkType,
    ProgressMode,
    Rules,
)


def every_field() -> set[str]:
    fields = {name for one in EDITABLE.values() for name in one.fields.__struct_fields__}
    for part in COMMAND_PARTS:
        fields |= set(part.command.__struct_fields__)
    return fields - SILENT - {"base", "values", "seen", "scope_id"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_group_record_and_choice_has_words(language: str) -> None:
    known = words("zh_CN" if language == "zh_CN" else "en")
    wanted = {f"reconcile.field.{name}" for name in every_field()}
    wanted |= {f"reconcile.group.{group}" for one in EDITABLE.values() for group in one.groups}
    wanted |= {f"reconcile.record.{table}" for table in (*EDITABLE, "calendar_day")}
    wanted |= {f"reconcile.value.{value.value}" for kinds in ENUMS for value in kinds}

    assert wanted - known.keys() == set()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("duration_minutes", 1200, "2 天"),
        ("duration_minutes", 900, "1.5 天"),
        ("calendar_id", str(CALENDAR), "六天工作制"),
        ("calendar_id", str(TASK), "已删除的日历"),
        ("predecessor_id", str(TASK), "1.2 垫层"),
        ("parent_id", None, "最上级"),
        ("person", "chen.li", "陈立"),
        ("person", "gone.one", "gone.one"),
        ("actual_start", "2026-04-02T08:00:00", "2026-04-02 08:00"),
        ("planned_start", "2026-04-02", "2026-04-02"),
        ("percent_complete", "0.35", "35%"),
        ("percent_complete", "0.3525", "35.25%"),
        ("active", False, "否"),
        ("note", "", "–"),
        ("note", "先东区\n后西区", "先东区\n后西区"),
        ("kind", "municipal", "市政"),
        ("kind", "finish_milestone", "完成里程碑"),
        ("stage", "active", "在建"),
        ("job", "planner", "计划员"),
        ("type", "FS", "完成–开始 FS"),
        ("constraint_kind", "from a later version", "from a later version"),
        ("shifts", [], "休息"),
        ("shifts", [[480, 720], [780, 1020]], "08:00-12:00 13:00-17:00"),
        ("days", [1, 2, 3], "3 项"),
        ("choices", ["duration_minutes", "note"], "工期、备注"),
    ],
)
def test_values_are_said_as_people_say_them(
    usual_look: None, name: str, value: object, said: str
) -> None:
    assert say_value(name, value, NAMES, SCOPE) == said


def test_units_follow_the_fields_beside(usual_look: None) -> None:
    assert say_value("lag", 50, NAMES, SCOPE, {"lag_kind": "percent"}) == "50%"
    assert say_value("lag", 1440, NAMES, SCOPE, {"lag_kind": "elapsed"}) == "1 天（日历天）"
    beside = {"elapsed_duration": True}
    assert say_value("duration_minutes", 2880, NAMES, SCOPE, beside) == "2 天（日历天）"


def test_a_week_gathers_equal_days(usual_look: None) -> None:
    day = [[480, 720], [780, 1020]]
    week = [day] * 5 + [[[480, 720]], []]
    assert say_week(week) == "周一–周五 08:00-12:00 13:00-17:00；周六 08:00-12:00；周日 休息"


def test_what_is_unknown_is_said_as_it_is(usual_look: None) -> None:
    assert say_field("from_a_later_version") == "from_a_later_version"
    assert "later.reason" in say_why(Reason("later.reason"))
    texts().set_language("en")
    assert say_value("duration_minutes", 1200, NAMES, SCOPE) == "2 d"


def test_ids_that_mean_nothing_are_not_told(usual_look: None) -> None:
    assert not is_told(TypedField("member_id", None, str(TASK), False), NAMES)
    assert not is_told(TypedField("task_id", None, str(CALENDAR.int), False), NAMES)
    assert is_told(TypedField("task_id", None, str(TASK), False), NAMES)
    assert is_told(TypedField("note", "x", "", True), NAMES)
