"""What is in a schedule file, in lines for a person to look at before taking it over."""

from datetime import datetime

from msgspec import UNSET

from app.core.schedule.network import ActivityKind, Rules
from app.services.schedule.imports import ImportSchedule
from app.ui.kit.text import tr

MILESTONES = (ActivityKind.START_MILESTONE, ActivityKind.FINISH_MILESTONE)
MOST_NAMES = 4


def preview_lines(command: ImportSchedule) -> list[tuple[str, str]]:
    """(what, how many or which) of a file."""
    kinds = [image.fields.kind for image in command.tasks]
    summaries = sum(kind is ActivityKind.SUMMARY for kind in kinds)
    milestones = sum(kind in MILESTONES for kind in kinds)
    names = [calendar.name for calendar in command.calendars]
    called = "、".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    settings = command.settings
    lines = [
        (tr("schedule.page.preview_file"), command.source),
        (
            tr("schedule.page.preview_tasks"),
            tr(
                "schedule.page.preview_tasks_words",
                tasks=len(kinds) - summaries - milestones,
                milestones=milestones,
                summaries=summaries,
            ),
        ),
        (tr("schedule.page.preview_links"), str(len(command.links))),
        (tr("schedule.page.preview_calendars"), f"{len(names)}：{called}" if names else "0"),
        (tr("schedule.page.start_at"), _moment(settings.start_at)),
        (tr("schedule.page.data_date_label"), _moment(settings.data_date)),
        (tr("schedule.page.must_finish_at"), _moment(settings.must_finish_at)),
    ]
    if isinstance(settings.rules, Rules):
        words = tr(f"schedule.page.rules_{settings.rules.value}")
        lines.append((tr("schedule.page.rules"), words))
    return [*lines, *_facts(command)]


def _facts(command: ImportSchedule) -> list[tuple[str, str]]:
    limited = sum(image.fields.constraint_at not in (None, UNSET) for image in command.tasks)
    pinned = sum(image.fields.pinned_start not in (None, UNSET) for image in command.tasks)
    begun = sum(image.fields.actual_start not in (None, UNSET) for image in command.tasks)
    counted = (("limited", limited), ("begun", begun), ("pinned", pinned))
    return [(tr(f"schedule.page.preview_{name}"), str(count)) for name, count in counted if count]


def _moment(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else "–"
