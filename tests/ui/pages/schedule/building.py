"""A self-made plan of a building, stored by commands, for tests and pictures of the page."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from app.core.schedule.network import (
    ActivityKind,
    LagCalendar,
    LagKind,
    LinkType,
    ProgressMode,
    Rules,
)
from app.services.schedule.calendars import DayOf
from app.services.schedule.imports import CalendarImage, ImportSchedule
from app.services.schedule.places import GAP
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import LinkImage, TaskImage
from tests.services.schedule.site import DAY, SIX_DAYS, Site, new_id, whole_fields

KINDS = {
    "S": ActivityKind.SUMMARY,
    "T": ActivityKind.TASK,
    "M": ActivityKind.FINISH_MILESTONE,
}
# code|Chinese|English|kind|days|per cent|actual start|actual finish
PLAN = """\
1|河湾里二期 6# 楼|Riverbend II, block 6|S|0|0||
1.1|地基与基础|Foundations|S|0|0||
1.1.1|土方开挖至坑底|Excavate to formation|T|8|100|0126|0203
1.1.2|桩头处理及检测|Trim and test pile heads|T|4|100|0204|0207
1.1.3|垫层及底板防水|Blinding and waterproofing|T|6|100|0209|0214
1.1.4|筏板钢筋绑扎|Fix raft reinforcement|T|7|100|0224|0303
1.1.5|筏板混凝土浇筑|Pour raft concrete|T|3|100|0304|0306
1.1.6|基础验收|Foundations accepted|M|0|100|0307|0307
1.2|地下结构|Basement structure|S|0|0||
1.2.1|地下室墙柱|Basement walls and columns|T|12|75|0309|
1.2.2|地下室顶板|Basement slab|T|8|0||
1.2.3|外墙防水及回填|Wall waterproofing, backfill|T|12|0||
1.3|主体结构|Superstructure|S|0|0||
1.3.1|一至三层结构|Floors 1 to 3|T|15|0||
1.3.2|四至六层结构|Floors 4 to 6|T|12|0||
1.3.3|七至八层结构|Floors 7 and 8|T|8|0||
1.3.4|八层结构完成|Floor 8 complete|M|0|0||
1.4|机电预埋|Embedded services|S|0|0||
1.4.1|防雷接地焊接|Earthing and lightning|T|10|100|0228|0311
1.4.2|给排水套管预埋|Pipe sleeves|T|18|35|0312|
1.4.3|电气配管预埋|Electrical conduits|T|20|0||
1.5|措施与设备|Temporary works and plant|S|0|0||
1.5.1|塔吊安装及验收|Erect and test tower crane|T|6|100|0313|0319
1.5.2|外脚手架搭设|Erect scaffolding|T|16|0||
1.5.3|施工电梯安装|Install hoist|T|7|0||
"""
LINES = tuple(tuple(line.split("|")) for line in PLAN.splitlines())
LINKS = (
    ("1.1.1", "1.1.2", "FS"),
    ("1.1.2", "1.1.3", "FS"),
    ("1.1.3", "1.1.4", "FS"),
    ("1.1.4", "1.1.5", "FS"),
    ("1.1.5", "1.1.6", "FS"),
    ("1.1.6", "1.2.1", "FS"),
    ("1.2.1", "1.2.2", "FS"),
    ("1.2.2", "1.2.3", "FS"),
    ("1.2.2", "1.3.1", "FS"),
    ("1.3.1", "1.3.2", "FS"),
    ("1.3.2", "1.3.3", "FS"),
    ("1.3.3", "1.3.4", "FS"),
    ("1.1.4", "1.4.1", "SS"),
    ("1.2.1", "1.4.2", "SS"),
    ("1.4.2", "1.4.3", "SS"),
    ("1.1.5", "1.5.1", "FS"),
    ("1.5.1", "1.5.2", "FS"),
    ("1.5.2", "1.5.3", "FS"),
)
HOLIDAYS = (
    *((date(2026, 2, day), "春节", False) for day in range(15, 24)),
    *((date(2026, 4, day), "清明", True) for day in (4, 5, 6)),
    *((date(2026, 5, day), "劳动节", True) for day in range(1, 6)),
)


def days_off() -> tuple[DayOf, ...]:
    """Holidays as a site's calendar holds them; those not announced yet are provisional."""
    return tuple(
        DayOf(id=new_id(), day=day, name=name, provisional=provisional)
        for day, name, provisional in HOLIDAYS
    )


def build(site: Site, *, english: bool = False) -> dict[str, UUID]:
    """Fills an empty site; returns ids by outline code."""
    ids = {line[0]: new_id() for line in LINES}
    calendar_id = new_id()
    command = ImportSchedule(
        scope_id=site.project_id,
        source="sample.xer",
        settings=SettingsFields(
            default_calendar_id=calendar_id,
            start_at=datetime(2026, 1, 26, 8),  # noqa: DTZ001 - site time
            data_date=datetime(2026, 3, 20, 17),  # noqa: DTZ001
            rules=Rules.GANTRY,
            progress_mode=ProgressMode.RETAINED_LOGIC,
            lag_calendar=LagCalendar.PREDECESSOR,
        ),
        calendars=(
            CalendarImage(id=calendar_id, name="六天工作制", week=SIX_DAYS, days=days_off()),
        ),
        tasks=tuple(_task(number, line, ids, english) for number, line in enumerate(LINES, 1)),
        links=tuple(
            LinkImage(
                id=new_id(),
                predecessor_id=ids[link[0]],
                successor_id=ids[link[1]],
                type=LinkType(link[2]),
                lag=0,
                lag_kind=LagKind.WORKING,
            )
            for link in LINKS
        ),
    )
    site.run(command)
    return ids


def _task(number: int, line: tuple[str, ...], ids: dict[str, UUID], english: bool) -> TaskImage:
    code, chinese, words, kind, days, percent, begun, ended = line
    fields = whole_fields(
        words if english else chinese,
        code=code,
        kind=KINDS[kind],
        duration_minutes=int(days) * DAY,
        percent_complete=Decimal(percent) / 100,
        actual_start=_moment(begun, 8 if kind == "T" else 17),
        actual_finish=_moment(ended, 17),
    )
    parent = ids.get(code.rpartition(".")[0])
    return TaskImage(id=ids[code], parent_id=parent, position=number * GAP, fields=fields)


def _moment(day: str, hour: int) -> datetime | None:
    if not day:
        return None
    return datetime(2026, int(day[:2]), int(day[2:]), hour)  # noqa: DTZ001
