"""A pasted block as one action: edits of rows that are there, and new rows below the last."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.core.errors import Finding, GantryError, InputRejected, Reason
from app.core.schedule.network import ActivityKind, ConstraintKind
from app.services.schedule.places import GAP
from app.services.schedule.tasks import TaskImage
from app.services.schedule.views import TaskValues, TaskView
from app.ui.kit.gantt.cell_block import CellEdit
from app.ui.pages.schedule import steps
from app.ui.pages.schedule.cell_edits import Edit, cell_edit, changed
from app.ui.pages.schedule.moves import place_to_append
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.steps import Action, Seen

MOST_NEW_ROWS = 1000


def paste_action(
    picture: Picture,
    cells: Sequence[CellEdit],
    new_id: Callable[[], UUID],
    today: date,
    seen: Seen,
) -> tuple[Action, dict[UUID, Edit]]:
    """The action, and what it changes of rows already there.

    InputRejected with every cell that cannot be meant; nothing is done then.
    """
    findings: list[Finding] = []
    edits = _edits_of_rows(picture, cells, today, findings)
    images = _new_rows(picture, cells, today, findings, new_id)
    if findings:
        raise InputRejected(tuple(findings))
    scope_id = picture.plan.project_id
    acts = [
        steps.edit_task(scope_id, picture.by_id[task_id], edit)
        for task_id, edit in edits.items()
        if edit
    ]
    if images:
        acts.append(steps.add_rows(scope_id, images, seen))
    return Action(Reason("schedule.page.paste"), tuple(acts)), edits


def _edits_of_rows(
    picture: Picture, cells: Sequence[CellEdit], today: date, findings: list[Finding]
) -> dict[UUID, Edit]:
    edits: dict[UUID, Edit] = {}
    lines: dict[object, int] = {}
    for cell in cells:
        line = lines.setdefault((cell.row_id, cell.new_row), len(lines) + 1)
        task = picture.by_id.get(cell.row_id) if isinstance(cell.row_id, UUID) else None
        if task is None:
            continue
        sofar = edits.setdefault(task.id, {})
        as_edited = replace(task, values=replace(task.values, **sofar))
        sofar.update(_read(as_edited, cell, picture, today, line, findings))
    return {
        task_id: changed(picture.by_id[task_id].values, edit) for task_id, edit in edits.items()
    }


def _new_rows(
    picture: Picture,
    cells: Sequence[CellEdit],
    today: date,
    findings: list[Finding],
    new_id: Callable[[], UUID],
) -> list[TaskImage]:
    lines: defaultdict[int, list[CellEdit]] = defaultdict(list)
    for cell in cells:
        # A cell left empty in the block keeps what a new task begins with.
        if cell.row_id is None and cell.text:
            lines[cell.new_row].append(cell)
    if len(lines) > MOST_NEW_ROWS:
        findings.append(Finding(Reason("schedule.page.paste_too_many", {"most": MOST_NEW_ROWS})))
        return []
    above = len({cell.row_id for cell in cells if cell.row_id is not None})
    parent_id, position = _place_below(picture)
    images: list[TaskImage] = []
    for number, line in sorted(lines.items()):
        row = _new_row(picture, line, new_id(), today, above + number + 1, findings)
        position += GAP
        images.append(
            TaskImage(id=row.id, parent_id=parent_id, position=position, fields=row.values.fields())
        )
    return images


def _place_below(picture: Picture) -> tuple[UUID | None, int]:
    last = picture.plan.tasks[-1].id if picture.plan.tasks else None
    place = place_to_append(picture, last)
    after = None if place.after_id is None else picture.by_id.get(place.after_id)
    return place.parent_id, 0 if after is None else after.position


def _new_row(
    picture: Picture,
    cells: Sequence[CellEdit],
    task_id: UUID,
    today: date,
    line: int,
    findings: list[Finding],
) -> TaskView:
    task = _bare(task_id, picture.clocks.float_day(None))
    for cell in cells:
        edit = _read(task, cell, picture, today, line, findings)
        task = replace(task, values=replace(task.values, **edit))
    if not task.values.name:
        findings.append(Finding(Reason("schedule.page.fault_name"), str(line)))
    return task


def _read(
    task: TaskView,
    cell: CellEdit,
    picture: Picture,
    today: date,
    line: int,
    findings: list[Finding],
) -> Edit:
    try:
        return cell_edit(task, cell.column, cell.text, picture.clocks, today)
    except GantryError as fault:
        findings.append(Finding(fault.reason, str(line)))
        return {}


def _bare(task_id: UUID, duration: int) -> TaskView:
    given = {
        "code": "",
        "name": "",
        "kind": ActivityKind.TASK,
        "duration_minutes": duration,
        "elapsed_duration": False,
        "constraint_kind": ConstraintKind.AS_SOON_AS_POSSIBLE,
        "percent_complete": Decimal(0),
        "note": "",
    }
    values = TaskValues(**(dict.fromkeys(TaskValues.__slots__) | given))  # type: ignore[arg-type]
    return TaskView(task_id, None, 0, 0, 0, "", values, None)
