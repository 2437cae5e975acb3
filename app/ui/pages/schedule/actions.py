"""What people do to the plan from table, chart, keys and buttons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QObject

from app.core.errors import GantryError, Reason
from app.core.schedule.network import LinkType
from app.services.schedule.links import LinkTasks
from app.services.schedule.tasks import AddTask
from app.ui.kit.gantt.cell_block import CellEdit
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.links import LinkKind
from app.ui.pages.schedule import moves, steps
from app.ui.pages.schedule.cell_edits import (
    Edit,
    cell_edit,
    finished_at,
    started_at,
)
from app.ui.pages.schedule.doing import Doer
from app.ui.pages.schedule.pasting import paste_action
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.plan_keeper import PlanKeeper
from app.ui.pages.schedule.steps import Action

Refusal = Callable[[GantryError], None]


@dataclass(frozen=True, slots=True)
class Means:
    """What actions need of the program. `seen` is the picture that the hands work on."""

    keeper: PlanKeeper
    seen: Callable[[], Picture | None]
    note_edit: Callable[[UUID, Edit], None]
    doer: Doer
    new_id: Callable[[], UUID]
    today: Callable[[], date]
    new_task_name: Callable[[], str]


class PlanActions(QObject):
    """Every method asks for one undoable action; refusals go to `on_refused` or the runner."""

    def __init__(self, means: Means, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._means = means

    def add(
        self, current: UUID | None, on_done: Callable[[UUID], None], on_refused: Refusal
    ) -> None:
        """Adds a task of one day above the current row, or at the end."""
        picture = self._picture()
        if picture is None:
            return
        place = moves.place_to_insert(picture, current)
        task_id = self._means.new_id()
        act = steps.add_task(self._new_task(picture, task_id, place), self._means.keeper.seen)
        action = Action(Reason(AddTask.KIND), (act,))
        self._means.doer.do(action, lambda: on_done(task_id), on_refused)

    def delete(
        self, ids: Sequence[UUID], on_done: Callable[[int], None], on_refused: Refusal
    ) -> None:
        """Deletes rows with all below them; `on_done` is told how many rows went."""

        def delete(picture: Picture) -> None:
            chosen = moves.topmost(picture, ids)
            count = sum(len(picture.plan.below(task_id)) for task_id in chosen)
            acts = steps.delete_tasks(
                picture.plan.project_id, chosen, picture, self._means.keeper.seen
            )
            action = Action(Reason("schedule.delete_task"), acts)
            self._means.doer.do(action, lambda: on_done(count), on_refused)

        self._when_fresh(delete)

    def indent(self, ids: Sequence[UUID], on_refused: Refusal) -> None:
        """Puts rows below the row before them."""
        self._move("schedule.page.indent", moves.indented, ids, on_refused)

    def outdent(self, ids: Sequence[UUID], on_refused: Refusal) -> None:
        """Puts rows behind their parents."""
        self._move("schedule.page.outdent", moves.outdented, ids, on_refused)

    def link(self, ids: Sequence[UUID], on_refused: Refusal) -> None:
        """Links rows one after another in outline order, where they are not linked so yet."""
        picture = self._picture()
        if picture is None:
            return
        known = {(link.predecessor_id, link.successor_id, link.type) for link in picture.plan.links}
        ordered = sorted(ids, key=lambda task_id: picture.place.get(task_id, 0))
        pairs = pairwise(ordered)
        wanted = [pair for pair in pairs if (*pair, LinkType.FS) not in known]
        self._link(picture, [(*pair, LinkType.FS) for pair in wanted], on_refused)

    def link_bars(self, before: UUID, after: UUID, kind: LinkKind, on_refused: Refusal) -> None:
        """Links two rows as dragged."""
        picture = self._picture()
        if picture is not None:
            self._link(picture, [(before, after, LinkType(kind.name))], on_refused)

    def unlink(self, ids: Sequence[UUID], on_refused: Refusal) -> None:
        """Removes the links among rows, or all at one row."""
        chosen = set(ids)

        def unlink(picture: Picture) -> None:
            links = {link.id: link for row in chosen for link in picture.links_at.get(row, ())}
            acts = tuple(
                steps.unlink(picture.plan.project_id, link)
                for link in links.values()
                if len(chosen) == 1 or {link.predecessor_id, link.successor_id} <= chosen
            )
            self._means.doer.do(Action(Reason("schedule.unlink"), acts), None, on_refused)

        self._when_fresh(unlink)

    def edit_cell(self, task_id: UUID, column: Column, typed: str, on_refused: Refusal) -> None:
        """Changes a task by what was typed into a cell."""
        picture = self._picture()
        task = None if picture is None else picture.by_id.get(task_id)
        if picture is None or task is None:
            return
        try:
            edit = cell_edit(task, column, typed, picture.clocks, self._means.today())
        except GantryError as fault:
            on_refused(fault)
            return
        self.edit(task_id, edit, on_refused)

    def move_bar(self, task_id: UUID, start: datetime, on_refused: Refusal) -> None:
        """Makes a task start no earlier than where its bar was dropped."""
        picture = self._picture()
        task = None if picture is None else picture.by_id.get(task_id)
        if task is not None:
            self.edit(task_id, started_at(task, start), on_refused)

    def resize_bar(self, task_id: UUID, finish: datetime, on_refused: Refusal) -> None:
        """Gives a task the duration that its bar was dragged to."""
        picture = self._picture()
        task = None if picture is None else picture.by_id.get(task_id)
        if picture is None or task is None:
            return
        try:
            edit = finished_at(task, finish, picture.clocks)
        except GantryError as fault:
            on_refused(fault)
            return
        self.edit(task_id, edit, on_refused)

    def edit(self, task_id: UUID, edit: Edit, on_refused: Refusal | None = None) -> None:
        """Changes fields of a task, shown at once."""
        picture = self._picture()
        task = None if picture is None else picture.by_id.get(task_id)
        if picture is None or task is None or not edit:
            return
        act = steps.edit_task(picture.plan.project_id, task, edit)
        self._means.doer.do(Action(Reason("schedule.edit_task"), (act,)), None, on_refused)
        self._means.note_edit(task_id, edit)
        self._means.keeper.show_edit({task_id: edit})

    def paste(self, cells: Sequence[CellEdit], on_refused: Refusal) -> None:
        """Stores a pasted block as one action, shown at once."""
        picture, means = self._picture(), self._means
        if picture is None:
            return
        try:
            action, edits = paste_action(
                picture, cells, means.new_id, means.today(), means.keeper.seen
            )
        except GantryError as fault:
            on_refused(fault)
            return
        means.doer.do(action, None, on_refused)
        for row, edit in edits.items():
            means.note_edit(row, edit)
        means.keeper.show_edit({row: edit for row, edit in edits.items() if edit})

    def set_data_date(self, moment: datetime | None) -> None:
        """Moves the data date."""
        picture = self._picture()
        if picture is None or picture.plan.settings.data_date == moment:
            return
        settings = picture.plan.settings
        act = steps.edit_settings(picture.plan.project_id, settings, {"data_date": moment})
        self._means.doer.do(Action(Reason("schedule.page.set_data_date"), (act,)))

    def _picture(self) -> Picture | None:
        return self._means.seen() or self._means.keeper.picture

    def _new_task(self, picture: Picture, task_id: UUID, place: moves.Place) -> AddTask:
        return AddTask(
            scope_id=picture.plan.project_id,
            task_id=task_id,
            parent_id=place.parent_id,
            after_id=place.after_id,
            name=self._means.new_task_name(),
            duration_minutes=picture.clocks.float_day(None),
        )

    def _move(
        self,
        name_id: str,
        find: Callable[[Picture, Sequence[UUID]], list[moves.Move]],
        ids: Sequence[UUID],
        on_refused: Refusal,
    ) -> None:
        def move(picture: Picture) -> None:
            found = find(picture, ids)
            acts = tuple(steps.move_task(picture.plan.project_id, one, picture) for one in found)
            action = Action(Reason(name_id), acts)
            self._means.doer.do(action, None, on_refused)

        self._when_fresh(move)

    def _when_fresh(self, action: Callable[[Picture], None]) -> None:
        """Rows move and go as they are stored, not as they were before one's own last edit."""

        def run() -> None:
            picture = self._means.keeper.picture
            if picture is not None:
                action(picture)

        self._means.keeper.when_fresh(run)

    def _link(
        self,
        picture: Picture,
        wanted: Sequence[tuple[UUID, UUID, LinkType]],
        on_refused: Refusal,
    ) -> None:
        acts = tuple(
            steps.link_tasks(
                LinkTasks(
                    scope_id=picture.plan.project_id,
                    link_id=self._means.new_id(),
                    predecessor_id=before,
                    successor_id=after,
                    type=kind,
                )
            )
            for before, after, kind in wanted
        )
        self._means.doer.do(Action(Reason("schedule.link"), acts), None, on_refused)
