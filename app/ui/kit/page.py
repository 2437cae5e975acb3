"""A page: a bar with title and actions, and hooks for when it is shown and when rows changed."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.services.changes import Changes
from app.ui.kit.desk import LayoutStore
from app.ui.kit.labels import Ground, Label, label
from app.ui.kit.measures import GAP_L, GAP_S, PAGE_BAR, TYPE_TITLE
from app.ui.kit.runner import Runner
from app.ui.kit.text import Texts, texts, tr
from app.ui.kit.theme import Theme, theme
from app.ui.kit.toast import Toasts
from app.ui.kit.undo import UndoStack


class CurrentProject(QObject):
    """The project chosen in the top bar; `changed(UUID or None)`."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project_id: UUID | None = None

    @property
    def project_id(self) -> UUID | None:
        """Id of the project, None for all."""
        return self._project_id

    def choose(self, project_id: UUID | None) -> None:
        """Chooses a project and tells."""
        if project_id != self._project_id:
            self._project_id = project_id
            self.changed.emit(project_id)


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in. `roles` are role keys; `role_id` is the text id of the main one."""

    person_id: UUID
    name: str
    role_id: str = ""
    roles: frozenset[str] = frozenset()

    @property
    def role_words(self) -> str:
        """What the person is, in the language in force."""
        return tr(self.role_id) if self.role_id else ""


@dataclass(frozen=True, slots=True)
class PageContext:
    """All that a page may use of the window it is in."""

    runner: Runner
    undo: UndoStack
    project: CurrentProject
    layouts: LayoutStore
    account: Account
    toasts: Toasts
    navigate: Callable[[str, UUID | None], None]

    @property
    def theme(self) -> Theme:
        """The look in force."""
        return theme()

    @property
    def texts(self) -> Texts:
        """The words in force."""
        return texts()


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page in the navigation. Empty `roles`: everyone. Pages of one `group` stand together.

    `full_width` narrows the navigation to icons while the page is shown. A page's modules are
    imported by its `factory`, not with the window; `load` imports them ahead, so that the first
    look at a page need not wait for it.
    """

    key: str
    icon: str
    title_id: str
    factory: Callable[[PageContext], "Page"]
    roles: frozenset[str] = frozenset()
    group: int = 0
    full_width: bool = False
    load: Callable[[], object] = lambda: None

    def is_open_to(self, roles: frozenset[str]) -> bool:
        """Whether someone with these roles sees the page."""
        return not self.roles or bool(self.roles & roles)


class Page(QWidget):
    """Base of every page. Fill `bar` (after the title), `bar_end` (right) and `body`.

    `hint_changed()` says that `status_hint` has other words.
    """

    hint_changed = Signal()

    def __init__(self, context: PageContext, title_id: str) -> None:
        super().__init__()
        self.context = context
        self._ground = Ground("surface", ("bottom",))
        self._ground.setFixedHeight(PAGE_BAR)
        self.title: Label = label(title_id, TYPE_TITLE, bold=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self._ground)
        row.setContentsMargins(GAP_L, 0, GAP_L, 0)
        row.setSpacing(GAP_S)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(GAP_S)
        self.bar_end = QHBoxLayout()
        self.bar_end.setSpacing(GAP_S)
        row.addWidget(self.title)
        row.addSpacing(GAP_S)
        row.addLayout(self.bar)
        row.addStretch(1)
        row.addLayout(self.bar_end)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._ground)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on as usual; a control that went grey under the keys hands them to the one
        before it on the page, as Qt would take them to the window's first.
        """
        focused = self.focusWidget()
        if focused is None or focused.isEnabled():
            return super().focusNextPrevChild(forward)
        near = focused.previousInFocusChain()
        while near is not None and near is not focused:
            takes = near.focusPolicy() & Qt.FocusPolicy.TabFocus
            if takes and near.isEnabled() and near.isVisible() and self.isAncestorOf(near):
                near.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
            near = near.previousInFocusChain()
        return super().focusNextPrevChild(forward)

    def activated(self, record_id: UUID | None = None) -> None:
        """The page is shown, for a record when it was asked for by `navigate`.

        An own edit that came back is asked for by its op_id: the page lets it be typed again.
        """

    def changed(self, changes: Changes) -> None:
        """Rows changed. Called at once in front; on a hidden page when it is shown again."""

    def project_changed(self, project_id: UUID | None) -> None:
        """Another project was chosen. Called like `changed`."""

    def retranslate(self) -> None:
        """The language changed; for words that were not written with `say`."""

    def can_leave(self) -> bool:
        """False while something typed would be lost; the page itself says so."""
        return True

    def undo(self) -> None:
        """Takes the newest action back."""
        self.context.undo.undo()

    def redo(self) -> None:
        """Does the action taken back last again."""
        self.context.undo.redo()

    def status_hint(self) -> str:
        """What the status bar shows about the selection, when the page is in front."""
        return ""

    def key_hints(self) -> str:
        """Keys worth knowing on this page, at the right of the status bar."""
        return ""
