from pathlib import Path

import pytest

from app.core.schedule.cpm import compute
from app.core.schedule.network import ActivityKind, Rules
from app.ports.schedule_files.faults import Limits
from app.ports.schedule_files.imported import ActivityCode, ImportedSchedule, SourceFormat
from app.ports.schedule_files.reader import read_schedule
from tests.ports.schedule_files.findings import refused_file
from tests.ports.schedule_files.samples import LINKS, TASKS, xer_text


def read(folder: Path, text: str, encoding: str = "utf-8") -> ImportedSchedule:
    path = folder / "file.xer"
    path.write_bytes(text.encode(encoding))
    return read_schedule(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_project_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    schedule = read(tmp_path, xer_text(), encoding)
    assert schedule.name == "码头"
    assert schedule.source is SourceFormat.XER
    assert schedule.network.options.rules is Rules.P6
    assert [(a.id, a.name) for a in schedule.network.activities] == [
        ("A1000", "开挖"),
        ("A1010", "垫层"),
        ("A1020", "完工"),
    ]
    assert [node.name for node in schedule.wbs] == ["根"]
    assert schedule.wbs_of["A1000"] == "100"
    assert schedule.network.links[0].predecessor_id == "A1000"
    row = compute(schedule.network).dates["A1020"]
    assert f"{row.early_finish:%Y-%m-%d %H:%M}" == "2026-01-20 17:00"


def test_stored_dates_never_reach_the_network(tmp_path: Path) -> None:
    text = xer_text().replace("cstr_type\tcstr_date", "early_start_date\tearly_end_date")
    text = text.replace("80\t80\t\t\t\t", "80\t80\t\t\t2031-01-01 08:00\t2031-02-01 08:00")
    schedule = read(tmp_path, text)
    assert schedule.stored["A1000"].early_start is not None
    assert compute(schedule.network).dates["A1000"].early_start.year == 2026


def test_codes_of_activities(tmp_path: Path) -> None:
    tables = (
        "%T\tACTVTYPE\n%F\tactv_code_type_id\tactv_code_type\n%R\t1\t阶段\n"
        "%T\tACTVCODE\n%F\tactv_code_id\tactv_code_type_id\tactv_code_name\n%R\t5\t1\t基础\n"
        "%T\tTASKACTV\n%F\ttask_id\tactv_code_id\n%R\t1\t5\n%R\t1\t6\n%R\t99\t5\n%E"
    )
    schedule = read(tmp_path, xer_text().replace("%E", tables))
    assert schedule.codes == {"A1000": (ActivityCode("阶段", "基础"),)}


def test_a_wbs_summary_spans_the_activities_of_its_node(tmp_path: Path) -> None:
    tasks = (*TASKS, "4 10 100 640 S 汇总 TT_WBS TK_NotStart 0 0 - - - -")
    schedule = read(tmp_path, xer_text(tasks))
    summary = schedule.network.activities[-1]
    assert summary.kind is ActivityKind.SUMMARY
    assert summary.parent_id is None
    assert {a.parent_id for a in schedule.network.activities[:-1]} == {"S"}
    rows = compute(schedule.network).dates
    assert rows["S"].early_finish == rows["A1020"].early_finish


def test_links_to_other_projects_are_a_fact_not_a_fault(tmp_path: Path) -> None:
    schedule = read(tmp_path, xer_text(links=(*LINKS, "3 1 77 10 11 PR_FS 0")))
    assert [(f.text_id, f.parameters) for f in schedule.facts] == [
        ("schedule_files.external_links", {"count": 1})
    ]


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    tasks = (
        *TASKS,
        "3 10 100 640 A1030 重复 TT_Task TK_NotStart 8 8 - - - -",
        "5 10 100 640 A1000 重码 TT_Task TK_NotStart 8 8 - - - -",
        "6 10 999 999 A1040 孤儿 TT_Task TK_NotStart 8x 8 - - - -",
    )
    links = (*LINKS, "3 1 77 10 10 PR_FS 0")
    assert refused_file(tmp_path, xer_text(tasks, links)) == [
        ("L16 A1030", "duplicate_key"),
        ("L18 A1040", "bad_number"),
        ("L17 A1000", "duplicate_code"),
        ("L18 A1040", "unknown_wbs"),
        ("L18 A1040", "unknown_calendar"),
        ("L23 TASKPRED", "dangling_link"),
    ]


def test_a_cycle_is_named(tmp_path: Path) -> None:
    text = xer_text(links=(*LINKS, "3 1 3 10 10 PR_FS 0"))
    ((_, name),) = refused_file(tmp_path, text)
    assert name == "cycle"


def test_a_broken_calendar_is_found_where_it_stands(tmp_path: Path) -> None:
    found = refused_file(tmp_path, xer_text(calendar="(0||CalendarData()("))
    assert found == [("L7 CALENDAR", "bad_calendar")]


def test_projects_are_imported_one_at_a_time(tmp_path: Path) -> None:
    project = "%R\t10\t码头"
    two = xer_text().replace(project, "%R\t11\t堆场\tY\t640\t\t\n" + project)
    assert read(tmp_path, two).name == "码头"
    tasks = (*TASKS, "4 11 100 640 B1 别的 TT_Task TK_NotStart 8 8 - - - -")
    both = xer_text(tasks).replace(project, "%R\t11\t堆场\tY\t640\t\t\n" + project)
    assert refused_file(tmp_path, both) == [("", "several_projects")]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("2026-01-05 08:00\t2026-01-05 08:00", "\t", "no_start_date"),
        ("%T\tPROJECT", "%T\tOTHER", "no_project"),
        ("%T\tTASK\n", "%T\tOTHER\n", "no_activities"),
    ],
)
def test_what_a_project_cannot_do_without(tmp_path: Path, old: str, new: str, finding: str) -> None:
    assert [name for _, name in refused_file(tmp_path, xer_text().replace(old, new))][-1] == finding


def test_limits_on_activities_and_links(tmp_path: Path) -> None:
    few = refused_file(tmp_path, xer_text(), Limits(activities=2))
    assert [name for _, name in few] == ["too_many_activities"]
    few = refused_file(tmp_path, xer_text(), Limits(links=1))
    assert [name for _, name in few] == ["too_many_links"]
