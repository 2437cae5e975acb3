"""Keeps the plan in view true: loads it, shows own edits at once, and looks again after changes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import GantryError
from app.core.people import PLANNING
from app.services.people import jobs_of
from app.services.schedule.edited import edited_plan
from app.services.schedule.queries import load_plan
from app.services.schedule.views import Plan, TaskValues
from app.ui.kit.desk import Reader
from app.ui.kit.runner import Runner
from app.ui.kit.text import texts
from app.ui.pages.schedule.cell_edits import Edit
from app.ui.pages.schedule.patching import patched
from app.ui.pages.schedule.picture import Picture, picture_of

SOON_MS: Final = 40


class PlanKeeper(QObject):
    """`shown(Picture or None)` whenever another picture is there; None: no plan, or no project."""

    shown = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        runner: Runner,
        login: str,
        today: Callable[[], date],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._login = login
        self._may_edit = False
        self._today = today
        self._project_id: UUID | None = None
        self._picture: Picture | None = None
        self._loading = False
        self._stale = False
        self._loaded = False
        self._ahead: dict[UUID, TaskValues] = {}
        self._waiting: list[Callable[[], None]] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(SOON_MS)
        self._again.timeout.connect(self.refresh)

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def project_id(self) -> UUID | None:
        """The project in view."""
        return self._project_id

    @property
    def is_loaded(self) -> bool:
        """Whether the answer for the project in view has come."""
        return self._loaded

    @property
    def may_edit(self) -> bool:
        """Whether the person's job in this project is one that plans."""
        return self._may_edit

    def seen(self) -> Picture | None:
        """`picture`, for commands made later."""
        return self._picture

    def open(self, project_id: UUID | None) -> None:
        """Shows another project."""
        self._runner.cancel(self)
        self._again.stop()
        self._project_id = project_id
        self._picture = None
        self._loading = self._stale = self._loaded = False
        self._ahead.clear()
        self._waiting.clear()
        if project_id is not None:
            self._load()
        self.shown.emit(None)

    def refresh(self) -> None:
        """Looks again; gathered while a look is under way."""
        self._again.stop()
        if self._project_id is None:
            return
        if self._loading:
            self._stale = True
        else:
            self._load()

    def note_stored(self) -> None:
        """Own edits were stored: what is shown, or being read now, is already old."""
        if self._loading:
            self._stale = True
        else:
            self._again.start()

    def show_edit(self, edits: Mapping[UUID, Edit]) -> None:
        """Shows own edits at once: first the edited rows, then every date that follows."""
        if self._picture is None:
            return
        for task_id, edit in edits.items():
            task = self._picture.by_id.get(task_id)
            if task is not None:
                values = self._ahead.get(task_id, task.values)
                self._ahead[task_id] = replace(values, **edit)
        if len(edits) == 1:
            ((task_id, edit),) = edits.items()
            self._show(patched(self._picture, task_id, edit))
        plan, ahead, today = self._picture.plan, dict(self._ahead), self._today()
        language = texts().language
        self._runner.work(
            self,
            lambda: picture_of(edited_plan(plan, ahead), today, language),
            self._computed,
            key="ahead",
        )

    def when_fresh(self, action: Callable[[], None]) -> None:
        """Runs an action once everything stored is in view (at once if it is)."""
        if self.is_behind():
            self._waiting.append(action)
        else:
            action()

    def is_behind(self) -> bool:
        """Whether something stored, or being stored, is not in view yet."""
        return self._loading or self._again.isActive() or bool(self._runner.writes_under_way())

    def _load(self) -> None:
        self._loading, self._stale = True, False
        project_id, today, language = self._project_id, self._today(), texts().language
        login = self._login
        assert project_id is not None

        def read(reader: Reader) -> tuple[Picture | None, bool]:
            plan: Plan | None = load_plan(reader, project_id)
            may_edit = bool(PLANNING & jobs_of(reader, login, project_id))
            return None if plan is None else picture_of(plan, today, language), may_edit

        self._runner.query(self, read, self._read, key="plan", on_error=self._not_read)

    def _read(self, found: tuple[Picture | None, bool]) -> None:
        picture, self._may_edit = found
        self._loading = False
        if self._stale:
            self._load()
            return
        if self._runner.writes_under_way():
            # What was read is older than what is being stored.
            self._again.start()
            return
        self._runner.cancel(self, "ahead")
        self._ahead.clear()
        self._loaded = True
        self._show(picture)
        waiting, self._waiting = self._waiting, []
        for action in waiting:
            self.when_fresh(action)

    def _computed(self, picture: Picture) -> None:
        if self._ahead:
            self._show(picture)

    def _not_read(self, error: GantryError) -> None:
        self._loading = self._stale = False
        self._waiting.clear()
        self.failed.emit(error)

    def _show(self, picture: Picture | None) -> None:
        self._picture = picture
        self.shown.emit(picture)
