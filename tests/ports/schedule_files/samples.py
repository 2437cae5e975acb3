"""Small schedule files made for tests."""

from collections.abc import Sequence
from pathlib import Path

CALENDAR_640 = (
    "(0||CalendarData()(\x7f\x7f  (0||DaysOfWeek()(\x7f\x7f    (0||1()())"
    + "".join(
        f"(0||{day}()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))" for day in "23456"
    )
    + "(0||7()())))(0||VIEW(ShowTotal|N)())(0||Exceptions()((0||0(d|46023)())))))"
)
PROJECT_FIELDS = "proj_id proj_short_name export_flag clndr_id last_recalc_date plan_start_date"
TASK_FIELDS = (
    "task_id proj_id wbs_id clndr_id task_code task_name task_type status_code "
    "target_drtn_hr_cnt remain_drtn_hr_cnt act_start_date act_end_date cstr_type cstr_date"
)
LINK_FIELDS = "task_pred_id task_id pred_task_id proj_id pred_proj_id pred_type lag_hr_cnt"

TASKS = (
    "1 10 100 640 A1000 开挖 TT_Task TK_NotStart 80 80 - - - -",
    "2 10 100 640 A1010 垫层 TT_Task TK_NotStart 16 16 - - - -",
    "3 10 100 640 A1020 完工 TT_FinMile TK_NotStart 0 0 - - - -",
)
LINKS = ("1 2 1 10 10 PR_FS 0", "2 3 2 10 10 PR_FS 0")


def _cells(line: str) -> str:
    return "\t".join("" if cell == "-" else cell for cell in line.split(" "))


def _table(name: str, fields: str, rows: Sequence[str]) -> str:
    lines = [f"%T\t{name}", f"%F\t{_cells(fields)}", *(f"%R\t{row}" for row in rows)]
    return "\n".join(lines) + "\n"


def xer_text(
    tasks: Sequence[str] = TASKS, links: Sequence[str] = LINKS, calendar: str = CALENDAR_640
) -> str:
    """An XER file with one project from 2026-01-05 08:00; `-` stands for an empty cell."""
    return (
        "ERMHDR\t8.4\t2026-01-01\tProject\tadmin\tadmin\tdb\tProject Management\tCNY\n"
        + _table(
            "PROJECT", PROJECT_FIELDS, ["10\t码头\tY\t640\t2026-01-05 08:00\t2026-01-05 08:00"]
        )
        + _table("CALENDAR", "clndr_id clndr_name clndr_data", [f"640\tStandard\t{calendar}"])
        + _table(
            "PROJWBS", "wbs_id proj_id parent_wbs_id wbs_short_name wbs_name", ["100\t10\t\tW\t根"]
        )
        + _table("TASK", TASK_FIELDS, [_cells(task) for task in tasks])
        + _table("TASKPRED", LINK_FIELDS, [_cells(link) for link in links])
        + "%E\n"
    )


def write_large_xer(path: Path, megabytes: int) -> None:
    """An XER file of that size, most of it in a table that no reader wants."""
    head, _, tail = xer_text().partition("%T\tTASKPRED")
    filler = "%R\t" + "\t".join(["text"] * 200) + "\n"
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(head + "%T\tTASKRSRC\n%F\t" + "\t".join(f"f{i}" for i in range(200)) + "\n")
        for _ in range((megabytes << 20) // len(filler)):
            stream.write(filler)
        stream.write("%T\tTASKPRED" + tail)


WEEK = "".join(
    f"<WeekDay><DayType>{day}</DayType><DayWorking>{int(1 < day < 7)}</DayWorking>"
    + (
        "<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime>"
        "</WorkingTime><WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime>"
        "</WorkingTime></WorkingTimes>"
        if 1 < day < 7
        else ""
    )
    + "</WeekDay>"
    for day in range(1, 8)
)


def calendar_xml(uid: str = "1", inside: str = "", base: str = "-1", week: str = WEEK) -> str:
    """A Calendar element, Monday to Friday unless told."""
    return (
        f"<Calendar><UID>{uid}</UID><Name>Calendar {uid}</Name>"
        f"<BaseCalendarUID>{base}</BaseCalendarUID><WeekDays>{week}</WeekDays>{inside}</Calendar>"
    )


def task_xml(uid: int, hours: float, inside: str = "", level: int = 1) -> str:
    """A Task element of so many hours."""
    whole, minutes = int(hours), round(hours % 1 * 60)
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>作业 {uid}</Name><Type>1</Type>"
        f"<OutlineLevel>{level}</OutlineLevel><Duration>PT{whole}H{minutes}M0S</Duration>"
        f"{inside}</Task>"
    )


def link_xml(before: int, kind: int = 1, lag: int = 0, lag_format: int = 7) -> str:
    """A PredecessorLink element; the lag is in tenths of minutes."""
    return (
        f"<PredecessorLink><PredecessorUID>{before}</PredecessorUID><Type>{kind}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{lag_format}</LagFormat></PredecessorLink>"
    )


def mspdi_text(
    tasks: Sequence[str] = (task_xml(1, 80), task_xml(2, 16, link_xml(1))),
    calendars: Sequence[str] = (calendar_xml(),),
    project: str = "",
    rest: str = "",
) -> str:
    """An MS Project XML file from 2026-01-05 08:00."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<Project xmlns="http://schemas.microsoft.com/project">\n<Name>码头</Name>'
        "<StartDate>2026-01-05T08:00:00</StartDate><CalendarUID>1</CalendarUID>"
        f"<MinutesPerDay>480</MinutesPerDay>{project}"
        f"<Calendars>{''.join(calendars)}</Calendars>\n<Tasks>{''.join(tasks)}</Tasks>\n{rest}"
        "</Project>\n"
    )
