"""The window: navigation, top bar, pages, banner and status bar, put together."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.core.errors import GantryError, Reason
from app.ui.kit.desk import LayoutStore
from app.ui.kit.dialogs import confirm, show_error
from app.ui.kit.finding import NamedThings, Source
from app.ui.kit.labels import Ground
from app.ui.kit.page import Account, CurrentProject, PageContext, PageSpec
from app.ui.kit.palette import Palette
from app.ui.kit.runner import Runner
from app.ui.kit.text import say_reason, texts, tr
from app.ui.kit.toast import Toasts
from app.ui.kit.undo import UndoStack
from app.ui.shell.banner import OfflineBanner
from app.ui.shell.brand import brand_icon
from app.ui.shell.commands import (
    Command,
    add_shortcuts,
    command_hits,
    fill_menu,
    page_hits,
    page_key,
)
from app.ui.shell.link_state import LinkState
from app.ui.shell.navigation import Navigation
from app.ui.shell.page_area import PageArea
from app.ui.shell.preferences import Preferences, switch_language, switch_theme
from app.ui.shell.status_bar import StatusBar
from app.ui.shell.top_bar import ProjectChoice, TopBar

INBOX: Final = "reconcile"
LEAST_WIDTH: Final = 1024
LEAST_HEIGHT: Final = 640
FIRST_WIDTH: Final = 1366
FIRST_HEIGHT: Final = 768


class MainWindow(Ground):
    """The frame round pages. Owns neither runner nor desk: whoever made them shuts them down.

    `pages` in the order of the navigation; those not open to the account's roles are left out.
    `sources` are searched before pages and commands. Signals tell what the window cannot do itself.
    """

    retry_asked = Signal()
    help_asked = Signal(str)
    sign_out_asked = Signal()
    closed = Signal()

    def __init__(
        self,
        pages: Sequence[PageSpec],
        runner: Runner,
        layouts: LayoutStore,
        account: Account,
        *,
        sources: Sequence[Source] = (),
        projects: Sequence[ProjectChoice] = (),
    ) -> None:
        super().__init__("surface")
        self._specs = tuple(spec for spec in pages if spec.is_open_to(account.roles))
        self._runner = runner
        self._preferences = Preferences(layouts)
        self._discarding = False
        self._leaving = False
        self._preferences.apply_look()
        self.undo_stack = UndoStack(runner, self)
        self.toasts = Toasts(self)
        self.context = PageContext(
            runner,
            self.undo_stack,
            CurrentProject(self),
            layouts,
            account,
            self.toasts,
            self.navigate,
        )
        self.navigation = Navigation(self._specs)
        self._menu = QMenu(self)
        self.top_bar = TopBar(account, self._menu)
        self.banner = OfflineBanner()
        self.pages = PageArea(self._specs, self.context)
        self.status_bar = StatusBar()
        self.palette_box = Palette(self, runner, self._sources(sources))
        self._put_together()
        self._connect()
        self.top_bar.set_projects(projects)
        self._add_commands()
        self._restore()

    # -- what the program tells the window

    def show_link(self, state: LinkState) -> None:
        """Shows another state of the link; the inbox counts what is to be decided."""
        self.banner.show_link(state)
        self.status_bar.show_link(state)
        self.navigation.set_count(INBOX, state.to_decide)

    def navigate(self, key: str, record_id: UUID | None = None) -> None:
        """Brings a page to the front, for a record if given; unknown keys do nothing."""
        if not self.pages.show_page(key, record_id):
            return
        spec = next(spec for spec in self._specs if spec.key == key)
        self.navigation.select(key)
        self.navigation.narrow_for_page(spec.full_width)
        self._preferences.keep_page(key)
        self.refresh_hints()

    def refresh_hints(self) -> None:
        """Asks the page in front again for what the status bar shows."""
        page = self.pages.page
        self.status_bar.show_hints(
            page.status_hint() if page else "", page.key_hints() if page else ""
        )

    # -- making

    def _put_together(self) -> None:
        self.setWindowIcon(brand_icon())
        self.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (self.top_bar, self.banner):
            right.addWidget(part)
        right.addWidget(self.pages, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.navigation)
        upper.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(self.status_bar)

    def _connect(self) -> None:
        runner = self._runner
        runner.busy.connect(self.status_bar.show_busy)
        runner.refused.connect(self._tell_refusal)
        runner.broken.connect(self._tell_bug)
        self.navigation.chosen.connect(self.navigate)
        self.navigation.narrowed.connect(self._preferences.keep_narrow)
        self.top_bar.project_chosen.connect(self._choose_project)
        self.context.project.changed.connect(self._show_project)
        self.top_bar.search_asked.connect(self.palette_box.popup)
        self.top_bar.undo_asked.connect(self.undo)
        self.top_bar.redo_asked.connect(self.redo)
        self.top_bar.help_asked.connect(self._ask_help)
        self.banner.retry_asked.connect(self.retry_asked)
        # A desk asks for a password where it is opened: signing out leads there.
        self.banner.sign_in_asked.connect(self.sign_out_asked)
        self.status_bar.inbox_asked.connect(lambda: self.navigate(INBOX))
        self.status_bar.cancel_asked.connect(runner.cancel)
        self.palette_box.closed.connect(self._focus_page)
        self.undo_stack.changed.connect(self._show_undo)
        texts().language_changed.connect(self._retranslate)
        runner.written.connect(self._leave_when_stored)
        runner.changed.connect(self.refresh_hints)
        self.pages.hint_changed.connect(self.refresh_hints)

    def _add_commands(self) -> None:
        add_shortcuts(self, self._commands())
        pages = [
            Command(spec.title_id, spec.icon, partial(self.navigate, spec.key), page_key(number))
            for number, spec in enumerate(self._specs)
        ]
        add_shortcuts(self, pages)
        areas = [
            Command("shell.next_area", "next", partial(self.move_area, 1), "F6"),
            Command("shell.previous_area", "previous", partial(self.move_area, -1), "Shift+F6"),
            Command("kit.redo", "redo", self.redo, "Ctrl+Shift+Z"),
        ]
        add_shortcuts(self, areas)
        fill_menu(
            self._menu,
            [
                Command("shell.switch_theme", "dark", switch_theme),
                Command("shell.switch_language", "language", switch_language),
                None,
                Command("shell.sign_out", "sign_out", self.sign_out_asked.emit),
            ],
        )

    def _commands(self) -> list[Command]:
        return [
            Command("shell.search", "search", self.palette_box.popup, "Ctrl+K"),
            Command("kit.undo", "undo", self.undo, "Ctrl+Z"),
            Command("kit.redo", "redo", self.redo, "Ctrl+Y"),
            Command("shell.help", "help", self._ask_help, "F1"),
            Command("shell.switch_theme", "dark", switch_theme),
            Command("shell.switch_language", "language", switch_language),
            Command("shell.fold", "collapse", self.navigation.toggle, "Ctrl+B"),
            Command("shell.sign_out", "sign_out", self.sign_out_asked.emit),
        ]

    def _sources(self, sources: Sequence[Source]) -> list[Source]:
        pages = NamedThings("shell.pages", lambda: page_hits(self._specs, self.navigate))
        commands = NamedThings("shell.commands", lambda: command_hits(self._commands()[1:]))
        return [*sources, pages, commands]

    def _restore(self) -> None:
        self.navigation.set_narrow(self._preferences.is_narrow)
        if not self._preferences.apply_place(self):
            self.resize(FIRST_WIDTH, FIRST_HEIGHT)
        self._show_undo()
        self._retranslate()
        keys = [spec.key for spec in self._specs]
        last = self._preferences.last_page
        if keys:
            self.navigate(last if last in keys else keys[0])

    # -- what people do

    def undo(self) -> None:
        """Takes the newest action back, as the page in front does it."""
        page = self.pages.page
        (page or self.undo_stack).undo()

    def redo(self) -> None:
        """Does the action taken back last again."""
        page = self.pages.page
        (page or self.undo_stack).redo()

    def move_area(self, step: int) -> None:
        """Moves the keys to the next area: navigation, top bar, page, status bar."""
        areas: list[QWidget] = [self.navigation, self.top_bar, self.pages, self.status_bar]
        holder = QApplication.focusWidget()
        at = next((n for n, area in enumerate(areas) if holder and area.isAncestorOf(holder)), 2)
        targets = [
            self.navigation.focus_current,
            self.top_bar.projects.setFocus,
            self._focus_page,
            self.status_bar.link.setFocus,
        ]
        targets[(at + step) % len(areas)]()

    def closeEvent(self, event: QCloseEvent) -> None:
        page = next((page for page in self.pages.pages if not page.can_leave()), None)
        if page is not None and not self._discarding:
            event.ignore()
            explanation = tr("shell.discard_explained", page=page.title.text())
            confirm(self, tr("shell.discard"), explanation, tr("shell.discard_yes"), self._discard)
            return
        if self._runner.writes_under_way():
            # Every edit is stored first; that takes milliseconds, so nobody is asked.
            event.ignore()
            self._leaving = True
            self.setEnabled(False)
            return
        self._preferences.keep_place(self)
        self._preferences.keep_look()
        self.palette_box.dismiss()
        super().closeEvent(event)
        self.closed.emit()

    def _leave_when_stored(self, stored: bool) -> None:
        if not self._leaving or (stored and self._runner.writes_under_way()):
            return
        # What could not be stored is said first; the person decides again.
        self._leaving = False
        self.setEnabled(True)
        if stored:
            self.close()

    def _discard(self) -> None:
        self._discarding = True
        self.close()

    def _focus_page(self) -> None:
        page = self.pages.page
        if page is None:
            return
        wanted: QWidget | None = page.focusWidget()
        if wanted is None or not wanted.isVisibleTo(page):
            wanted = first_focusable(page)
        (wanted or page).setFocus()

    def _show_project(self, project_id: UUID | None) -> None:
        self.top_bar.show_project(project_id)
        self.undo_stack.clear()

    def _choose_project(self, project_id: UUID | None) -> None:
        self.context.project.choose(project_id)

    def _ask_help(self) -> None:
        self.help_asked.emit(self.pages.key)

    def _tell_refusal(self, error: GantryError) -> None:
        self.toasts.say(say_reason(error.reason), tone="refused")

    def _tell_bug(self, error: Exception) -> None:
        show_error(self, error)

    def _show_undo(self) -> None:
        undo, redo = self.undo_stack.undo_name, self.undo_stack.redo_name
        self.top_bar.undo.setEnabled(undo is not None)
        self.top_bar.redo.setEnabled(redo is not None)
        self.top_bar.undo.setToolTip(_named("kit.undo", undo, "Ctrl+Z"))
        self.top_bar.redo.setToolTip(_named("kit.redo", redo, "Ctrl+Y"))

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("shell.brand"))
        self._show_undo()
        self.refresh_hints()


def first_focusable(within: QObject) -> QWidget | None:
    """The first widget within that takes the keys by Tab."""
    for child in within.findChildren(QWidget):
        if (
            child.isVisible()
            and child.isEnabled()
            and child.focusPolicy() & Qt.FocusPolicy.TabFocus
        ):
            return child
    return None


def _named(text_id: str, name: Reason | None, key: str) -> str:
    words = f"{tr(text_id)} {say_reason(name)}" if name else tr(text_id)
    return f"{words} ({key})"
