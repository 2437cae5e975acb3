"""The links of one task: type and lag editable, links removed and added."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from app.core.schedule.network import LagKind
from app.services.schedule.links import LinkTasks
from app.services.schedule.views import LinkView
from app.ui.kit.buttons import button
from app.ui.kit.fields import ChoiceField, TextField
from app.ui.kit.labels import Label, label
from app.ui.kit.measures import GAP_S, GRID, TYPE_SMALL
from app.ui.kit.text import say, tr
from app.ui.pages.schedule import steps
from app.ui.pages.schedule.link_lags import lag_of, lag_words
from app.ui.pages.schedule.link_line import Linked, LinkLine
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.sheets import sheet_of
from app.ui.pages.schedule.steps import Act

BEFORE, AFTER = "before", "after"
HEIGHT: Final = 250


class LinksEditor(QWidget):
    """Lines for predecessors, then successors, and a line to add one."""

    def __init__(
        self, picture: Picture, task_id: UUID, new_id: Callable[[], UUID], may_edit: bool
    ) -> None:
        super().__init__()
        self._picture = picture
        self._task_id = task_id
        self._new_id = new_id
        self._may_edit = may_edit
        self._removed: list[LinkView] = []
        self.lines: list[LinkLine] = []
        self.direction = ChoiceField()
        self.other = TextField(most=200)
        self.add_button = button("schedule.page.link_add", icon_name="add")
        self._fault = Label("", TYPE_SMALL, color="overdue", wrap=True)
        self._none = label("schedule.page.links_none", color="text_2")
        self._holder = QVBoxLayout()
        self._names = {picture.called(task.id): task.id for task in picture.plan.tasks}
        self._build()
        for link in self._links_in_order():
            self._add_line(Linked(link.id, link, self._called(link), self._is_before(link)))

    def acts(self) -> tuple[Act, ...]:
        """What changed, in an order that can be done. ValueError when a lag cannot be meant."""
        scope_id = self._picture.plan.project_id
        acts = [steps.unlink(scope_id, link) for link in self._removed]
        for line in self.lines:
            edit = line.edit(self._lag_reader(line))
            if line.linked.link is not None:
                if edit:
                    acts.append(steps.edit_link(scope_id, line.linked.link, edit))
                continue
            other = line.linked.link_to
            if other is None:
                continue
            before, after = self._task_id, other
            if line.linked.is_before:
                before, after = after, before
            command = LinkTasks(
                scope_id=scope_id,
                link_id=line.linked.link_id,
                predecessor_id=before,
                successor_id=after,
                **edit,
            )
            acts.append(steps.link_tasks(command))
        return tuple(acts)

    def is_touched(self) -> bool:
        """Whether anything differs from what is stored."""
        fresh = any(line.linked.link is None for line in self.lines)
        return fresh or bool(self._removed) or any(line.is_touched() for line in self.lines)

    def add(self) -> None:
        """Adds a link to the task named in the field."""
        other = self._names.get(self.other.text().strip())
        if other is None:
            wanted = self.other.text().strip()
            found = [row for name, row in self._names.items() if wanted and wanted in name]
            other = found[0] if len(found) == 1 else None
        if other is None or other == self._task_id:
            self._fault.setText(tr("schedule.page.link_unknown"))
            self.other.set_faulty(True)
            self.other.setFocus()
            return
        self._fault.setText("")
        self.other.set_faulty(False)
        self.other.clear()
        linked = Linked(
            self._new_id(),
            None,
            self._picture.called(other),
            self.direction.value() == BEFORE,
            other,
        )
        self._add_line(linked)
        self.lines[-1].lag.setFocus()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        content = QWidget()
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.setSpacing(GRID)
        self._holder.addWidget(self._none)
        self._holder.addStretch(1)
        content.setLayout(self._holder)
        area = sheet_of(content)
        area.setMinimumHeight(HEIGHT)
        column.addWidget(area, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        self.direction.set_choices(
            [
                (BEFORE, tr("schedule.page.predecessor")),
                (AFTER, tr("schedule.page.successor")),
            ]
        )
        self.direction.set_value(BEFORE)
        say(self.direction, "schedule.page.link_direction", "name")
        say(self.other, "schedule.page.link_other", "placeholder")
        say(self.other, "schedule.page.link_other", "name")
        completer = QCompleter(sorted(self._names), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.other.setCompleter(completer)
        self.other.returnPressed.connect(self.add)
        self.add_button.clicked.connect(self.add)
        for made in (self.direction, self.add_button):
            made.setEnabled(self._may_edit)
        self.other.setEnabled(self._may_edit)
        row.addWidget(self.direction)
        row.addWidget(self.other, 1)
        row.addWidget(self.add_button)
        column.addLayout(row)
        column.addWidget(self._fault)

    def _links_in_order(self) -> list[LinkView]:
        links = self._picture.links_at.get(self._task_id, ())
        return sorted(links, key=lambda link: (not self._is_before(link), self._called(link)))

    def _is_before(self, link: LinkView) -> bool:
        return link.successor_id == self._task_id

    def _called(self, link: LinkView) -> str:
        other = link.predecessor_id if self._is_before(link) else link.successor_id
        return self._picture.called(other)

    def _add_line(self, linked: Linked) -> None:
        line = LinkLine(linked, self._lag_words(linked), self._may_edit)
        line.removed.connect(partial(self._remove, line))
        self.lines.append(line)
        self._none.hide()
        self._holder.insertWidget(self._holder.count() - 1, line)

    def _remove(self, line: LinkLine) -> None:
        self.lines.remove(line)
        if line.linked.link is not None:
            self._removed.append(line.linked.link)
        line.hide()
        line.deleteLater()
        self._none.setVisible(not self.lines)

    def _lag_words(self, linked: Linked) -> str:
        link = linked.link
        if link is None:
            return ""
        before = self._picture.by_id[link.predecessor_id].values
        return lag_words(link.lag, link.lag_kind, before, self._picture.clocks)

    def _lag_reader(self, line: LinkLine) -> Callable[[str, LagKind], int]:
        before = self._task_id
        if line.linked.link is not None:
            before = line.linked.link.predecessor_id
        elif line.linked.is_before and line.linked.link_to is not None:
            before = line.linked.link_to
        values, clocks = self._picture.by_id[before].values, self._picture.clocks
        return lambda typed, kind: lag_of(typed, kind, values, clocks)
