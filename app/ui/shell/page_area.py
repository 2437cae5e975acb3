"""Holds the pages; makes each when first shown, tells hidden ones what they missed."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget

from app.services.changes import Changes
from app.ui.kit.page import Page, PageContext, PageSpec
from app.ui.shell.preloading import Preloading


class PageArea(QStackedWidget):
    """`shown(key)` after a page came to the front; `painted()` once, after the first frame."""

    shown = Signal(str)
    hint_changed = Signal()
    painted = Signal()
    _in_frame = Signal()

    def __init__(self, specs: Sequence[PageSpec], context: PageContext) -> None:
        super().__init__()
        self._specs = {spec.key: spec for spec in specs}
        self._context = context
        self._pages: dict[str, Page] = {}
        self._missed: dict[str, Changes] = {}
        self._projects_missed: set[str] = set()
        self._key = ""
        self._is_painted = False
        # The rest of the frame is painted before the next turn of the loop.
        self._in_frame.connect(self.painted, Qt.ConnectionType.QueuedConnection)
        self.painted.connect(Preloading(specs, context.runner, self).start)
        context.runner.changed.connect(self._tell_changes)
        context.project.changed.connect(self._tell_project)
        context.texts.language_changed.connect(self._retranslate)

    @property
    def key(self) -> str:
        """Key of the page in front."""
        return self._key

    @property
    def page(self) -> Page | None:
        """The page in front."""
        return self._pages.get(self._key)

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages made so far."""
        return tuple(self._pages.values())

    def show_page(self, key: str, record_id: UUID | None = None) -> bool:
        """Brings a page to the front, for a record; False for an unknown key."""
        if key not in self._specs:
            return False
        page = self._pages.get(key) or self._make(key)
        self._key = key
        self.setCurrentWidget(page)
        if key in self._projects_missed:
            self._projects_missed.discard(key)
            page.project_changed(self._context.project.project_id)
        missed = self._missed.pop(key, None)
        if missed is not None:
            page.changed(missed)
        page.activated(record_id)
        self.shown.emit(key)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self._in_frame.emit()

    def _make(self, key: str) -> Page:
        page = self._specs[key].factory(self._context)
        self._pages[key] = page
        page.hint_changed.connect(self.hint_changed)
        self.addWidget(page)
        return page

    def _tell_changes(self, changes: Changes) -> None:
        for key, page in self._pages.items():
            if key == self._key:
                page.changed(changes)
            else:
                self._missed[key] = self._missed.get(key, Changes()) | changes

    def _tell_project(self, project_id: UUID | None) -> None:
        for key, page in self._pages.items():
            if key == self._key:
                page.project_changed(project_id)
            else:
                self._projects_missed.add(key)

    def _retranslate(self) -> None:
        for page in self._pages.values():
            page.retranslate()
