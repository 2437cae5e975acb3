"""`gantry schedule`: what can be done with a schedule file without the window."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from app.cli.words import spoken, words
from app.core.errors import EnvironmentFault, InputRejected
from app.core.schedule.cpm import compute
from app.core.schedule.network import Activity, ActivityDates, Schedule
from app.ports.schedule_files.imported import ImportedSchedule
from app.ports.schedule_files.reader import read_schedule
from app.texts import LANGUAGES, Language, finding_text, reason_text, text

_HOURS_PER_MINUTE = 60


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `schedule compute FILE [--json] [--language L]`."""
    parser = subparsers.add_parser("schedule", help=words("schedule_files.cli_help"))
    actions = parser.add_subparsers(dest="action", required=True)
    command = actions.add_parser("compute", help=words("schedule_files.cli_compute_help"))
    command.add_argument("file", type=Path, metavar="FILE", help=words("schedule_files.cli_file"))
    command.add_argument("--json", action="store_true", help=words("schedule_files.cli_json"))
    command.add_argument("--language", choices=LANGUAGES, default=spoken())
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the computed dates of a file; 1 with findings on stderr when it is refused."""
    language: Language = arguments.language
    try:
        imported = read_schedule(arguments.file)
        schedule = compute(imported.network)
    except InputRejected as refusal:
        _print_findings(refusal, language, arguments.json)
        return 1
    except EnvironmentFault as fault:
        print(reason_text(language, fault.reason), file=sys.stderr)
        return 1
    if arguments.json:
        json.dump(json_of(imported, schedule), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        for line in table_of(imported, schedule, language):
            print(line)
    return 0


def _print_findings(refusal: InputRejected, language: Language, as_json: bool) -> None:
    if as_json:
        findings = [
            {
                "id": finding.reason.text_id,
                "where": finding.where,
                "parameters": dict(finding.reason.parameters),
                "text": finding_text(language, finding),
            }
            for finding in refusal.findings
        ]
        print(json.dumps({"findings": findings}, ensure_ascii=False), file=sys.stderr)
        return
    print(reason_text(language, refusal.reason), file=sys.stderr)
    for finding in refusal.findings:
        print(finding_text(language, finding), file=sys.stderr)


def json_of(imported: ImportedSchedule, schedule: Schedule) -> Mapping[str, object]:
    """Dates to the minute, floats in working minutes, activities in the order of the file."""
    return {
        "activities": [
            _json_row(activity, schedule.dates[activity.id])
            for activity in imported.network.activities
        ],
        "data_date": schedule.data_date.isoformat(timespec="minutes"),
    }


def _json_row(activity: Activity, dates: ActivityDates) -> Mapping[str, object]:
    return {
        "id": activity.id,
        "name": activity.name,
        "early_start": dates.early_start.isoformat(timespec="minutes"),
        "early_finish": dates.early_finish.isoformat(timespec="minutes"),
        "late_start": dates.late_start.isoformat(timespec="minutes"),
        "late_finish": dates.late_finish.isoformat(timespec="minutes"),
        "total_float": dates.total_float,
        "free_float": dates.free_float,
        "critical": dates.critical,
    }


def table_of(imported: ImportedSchedule, schedule: Schedule, language: Language) -> Iterable[str]:
    """Lines for people: a heading, a row per activity, and the notes of the file."""
    yield text(
        language,
        "schedule_files.table_heading",
        name=imported.name,
        count=len(imported.network.activities),
        data_date=f"{schedule.data_date:%Y-%m-%d %H:%M}",
        finish=f"{schedule.project_finish:%Y-%m-%d %H:%M}",
    )
    columns = ("id", "early_start", "early_finish", "late_start", "late_finish")
    names = [text(language, f"schedule_files.column_{column}") for column in columns]
    names += [text(language, f"schedule_files.column_{c}") for c in ("float", "free", "name")]
    yield "\t".join(names)
    for activity in imported.network.activities:
        yield _table_row(activity, schedule.dates[activity.id])
    for fact in imported.facts:
        yield reason_text(language, fact)


def _table_row(activity: Activity, dates: ActivityDates) -> str:
    shown = [
        f"{instant:%Y-%m-%d %H:%M}"
        for instant in (dates.early_start, dates.early_finish, dates.late_start, dates.late_finish)
    ]
    floats = [
        f"{minutes / _HOURS_PER_MINUTE:g}h" for minutes in (dates.total_float, dates.free_float)
    ]
    mark = "*" if dates.critical else " "
    return "\t".join([f"{mark}{activity.id}", *shown, *floats, activity.name])
