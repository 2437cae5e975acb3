"""What stands in place of a plan that has no tasks yet, or while it is read."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.ui.kit.buttons import Button, button
from app.ui.kit.empty import EmptyState
from app.ui.kit.measures import GAP_S


class NothingYet(QStackedWidget):
    """No project chosen, a plan without tasks (with two ways to begin), or one being read."""

    def __init__(
        self,
        on_import: Callable[[], None],
        on_first: Callable[[], None],
        on_choose: Callable[[], None],
    ) -> None:
        super().__init__()
        self.choose_button = button("schedule.page.choose_project", "primary", icon_name="projects")
        self.import_new_button = button("schedule.page.import_file", icon_name="import")
        self.choose_button.clicked.connect(on_choose)
        self.import_new_button.clicked.connect(on_import)
        self.import_new_button.hide()
        self.import_button = button("schedule.page.import_file", "primary", icon_name="import")
        self.first_button = button("schedule.page.first_task", icon_name="add")
        self.import_button.clicked.connect(on_import)
        self.first_button.clicked.connect(on_first)
        self._choose = EmptyState(
            "projects", "schedule.page.no_project", "schedule.page.no_project_hint"
        )
        self._begin = EmptyState("schedule", "schedule.page.empty", "schedule.page.empty_hint")
        self._bare = EmptyState("schedule", "schedule.page.empty", "schedule.page.empty_read_only")
        self._reading = QWidget()
        _put_buttons(self._begin, self.import_button, self.first_button)
        _put_buttons(self._choose, self.choose_button, self.import_new_button)
        for state in (self._reading, self._choose, self._begin, self._bare):
            self.addWidget(state)

    def show_reading(self) -> None:
        """Nothing is known yet."""
        self.setCurrentWidget(self._reading)

    def show_no_project(self) -> None:
        """All projects are in view."""
        self.setCurrentWidget(self._choose)

    def offer_import(self, offered: bool) -> None:
        """Whether a file may become a new project while all projects are in view."""
        self.import_new_button.setVisible(offered)

    def show_empty(self, *, may_edit: bool) -> None:
        """The project has no tasks."""
        self.setCurrentWidget(self._begin if may_edit else self._bare)

    @property
    def offers_to_begin(self) -> bool:
        """Whether the two buttons are seen."""
        return self.currentWidget() is self._begin


def _put_buttons(state: EmptyState, *made: Button) -> None:
    row = QHBoxLayout()
    row.setSpacing(GAP_S)
    row.addStretch(1)
    for one in made:
        row.addWidget(one)
    row.addStretch(1)
    column = state.layout()
    assert column is not None
    holder = QWidget()
    holder.setLayout(row)
    # Above the stretch that ends the state, below its words.
    column.insertWidget(column.count() - 1, holder, 0, Qt.AlignmentFlag.AlignHCenter)  # type: ignore[attr-defined]
