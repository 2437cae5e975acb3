"""Words of the chart: dates, divisions of the header, tips and what screen readers say."""

from datetime import date
from functools import lru_cache

from app.texts import Language, text
from app.ui.kit.gantt.links import LinkKind
from app.ui.kit.gantt.rows import (
    MILESTONES,
    GanttRows,
    RowKind,
    StatusMark,
    finish_date,
    start_date,
)
from app.ui.kit.gantt.timescale import Division, ScaleUnit, TimeScale
from app.ui.kit.status import Status

MARK_TEXTS: dict[StatusMark, str] = {
    StatusMark.DONE: Status.DONE.text_id,
    StatusMark.RUNNING: Status.RUNNING.text_id,
    StatusMark.LATE: Status.OVERDUE.text_id,
    StatusMark.PENDING: Status.WAITING.text_id,
    StatusMark.NOTE: "gantt.mark.note",
    StatusMark.DRAFT: Status.DRAFT.text_id,
}
_KIND_TEXTS: dict[RowKind, str] = {
    RowKind.TASK: "gantt.kind.task",
    RowKind.SUMMARY: "gantt.kind.summary",
    RowKind.START_MILESTONE: "gantt.kind.start_milestone",
    RowKind.FINISH_MILESTONE: "gantt.kind.finish_milestone",
    RowKind.LEVEL_OF_EFFORT: "gantt.kind.level_of_effort",
}
# Looking a member up on its Enum costs a microsecond; the table does so for every cell.
_START_MILESTONE, _FINISH_MILESTONE = int(RowKind.START_MILESTONE), int(RowKind.FINISH_MILESTONE)


@lru_cache(maxsize=4_096)
def short_date(day: date) -> str:
    """Month and day, "03-20"."""
    return f"{day.month:02d}-{day.day:02d}"


def upper_label(language: Language, scale: TimeScale, division: Division, room: float) -> str:
    """Label of the coarser header line, the longest that fits `room` pixels; may be empty."""
    begins = division.begins
    if scale.upper_unit == "year":
        return text(language, "gantt.year", year=begins.year) if room >= 40 else ""
    month = text(language, f"gantt.month.{begins.month}")
    if room >= 76:
        return text(language, "gantt.month_year", year=begins.year, month=month)
    return month if room >= 30 else ""


def lower_label(language: Language, scale: TimeScale, division: Division) -> str:
    """Label of the finer header line."""
    begins = division.begins
    if scale.unit is ScaleUnit.DAY:
        return str(begins.day)
    if scale.unit is ScaleUnit.WEEK:
        return short_date(begins)
    if scale.unit is ScaleUnit.MONTH:
        return text(language, f"gantt.month.{begins.month}")
    return text(language, "gantt.quarter", quarter=(begins.month + 2) // 3)


def row_date(rows: GanttRows, row: int, end: bool) -> date:
    """Start or finish day of a row as people write it; a milestone has one day only."""
    kind = rows.kind[row]
    if kind == _START_MILESTONE:
        return start_date(float(rows.start[row]))
    if end or kind == _FINISH_MILESTONE:
        return finish_date(float(rows.finish[row]))
    return start_date(float(rows.start[row]))


def milestone_label(language: Language, rows: GanttRows, row: int) -> tuple[str, str]:
    """A milestone's name with its date, and how late it is against the baseline ("" when not)."""
    said = f"{rows.names[row]} {short_date(row_date(rows, row, end=True))}"
    base = rows.baseline_finish[row]
    slip = round(float(rows.finish[row]) - float(base)) if base == base else 0
    late = text(language, "gantt.behind_baseline", days=slip) if slip > 0 else ""
    return said, late


def row_tip(language: Language, rows: GanttRows, row: int) -> str:
    """What hovering a bar says: name, dates, duration, float, done share."""
    kind = RowKind(int(rows.kind[row]))
    lines = [f"{rows.codes[row]}  {rows.names[row]}", text(language, _KIND_TEXTS[kind])]
    if kind in MILESTONES:
        lines.append(text(language, "gantt.tip.on", day=row_date(rows, row, True).isoformat()))
    else:
        lines.append(_span_words(language, float(rows.start[row]), float(rows.finish[row])))
        lines.append(text(language, "gantt.tip.duration", duration=rows.durations[row] or "–"))
    lines.append(text(language, "gantt.tip.float", days=rows.floats[row] or "–"))
    lines.append(text(language, "gantt.tip.percent", percent=round(float(rows.percent[row]))))
    if rows.critical[row]:
        lines.append(text(language, "gantt.tip.critical"))
    mark = MARK_TEXTS.get(StatusMark(int(rows.mark[row])))
    if mark:
        lines.append(text(language, mark))
    return "\n".join(lines)


def row_spoken(language: Language, rows: GanttRows, row: int) -> str:
    """The same in one line, for a screen reader."""
    return ", ".join(row_tip(language, rows, row).split("\n")[1:])


def drag_words(language: Language, start: float, finish: float) -> str:
    """The new dates beside a dragged bar."""
    return _span_words(language, start, finish)


def link_words(language: Language, rows: GanttRows, pred: int, succ: int, kind: LinkKind) -> str:
    """What letting go of a link drag would join."""
    return text(
        language,
        f"gantt.link.{kind.name.lower()}",
        predecessor=rows.names[pred],
        successor=rows.names[succ],
    )


def _span_words(language: Language, start: float, finish: float) -> str:
    if finish <= start:
        return text(language, "gantt.tip.on", day=finish_date(finish).isoformat())
    first, last = start_date(start), finish_date(finish)
    return text(language, "gantt.tip.dates", start=first.isoformat(), finish=last.isoformat())
