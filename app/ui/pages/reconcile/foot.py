"""The action bars below the detail: one for clashes, one for own edits."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from app.core.reconcile import ConflictState
from app.services.ledger.again import DAY_REASONS, FINAL_REASONS
from app.services.outcome import AGAIN
from app.services.reconcile import Side
from app.services.waiting import WaitingCommand, WaitingState
from app.ui.kit.buttons import button
from app.ui.kit.labels import Ground, Label, Line
from app.ui.kit.measures import GAP_M, GAP_S, GAP_XL
from app.ui.kit.text import tr
from app.ui.pages.reconcile.conflict_view import ConflictView

HEIGHT = 60
NOT_AGAIN = FINAL_REASONS | {"reconcile.row_deleted"}


class _Foot(Ground):
    def __init__(self) -> None:
        super().__init__("window", ("top",))
        self.setFixedHeight(HEIGHT)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(GAP_XL, 0, GAP_XL, 0)
        self.row.setSpacing(GAP_S)


def _choices(view: ConflictView) -> tuple[str, str]:
    if view.shown.view.reason_id in DAY_REASONS:
        return tr("reconcile.page.move_day"), tr("reconcile.page.take_back")
    mine, theirs = view.titles
    return tr("reconcile.page.take", side=mine), tr("reconcile.page.take", side=theirs)


class ConflictFoot(_Foot):
    """Mine, theirs, field by field, send back; how much is chosen; submit."""

    def __init__(self) -> None:
        super().__init__()
        self.mine = button("reconcile.page.take_mine", key="Alt+1", tall=True)
        self.theirs = button("reconcile.page.take_theirs", key="Alt+2", tall=True)
        self.by_field = button("reconcile.page.by_field", key="Alt+3", tall=True)
        self.by_field.setCheckable(True)
        for made in (self.mine, self.theirs):
            made.setCheckable(True)
        self.send_back = button("reconcile.page.send_back", "danger", key="Alt+4", tall=True)
        self.submit = button("reconcile.page.submit", "primary", key="Ctrl+Return", tall=True)
        self._count = Label("")
        line = Line(vertical=True)
        line.setFixedHeight(20)
        for widget in (self.mine, self.theirs, self.by_field):
            self.row.addWidget(widget)
        self.row.addSpacing(GAP_S)
        self.row.addWidget(line)
        self.row.addSpacing(GAP_S)
        self.row.addWidget(self.send_back)
        self.row.addStretch(1)
        self.row.addWidget(self._count)
        self.row.addSpacing(GAP_M)
        self.row.addWidget(self.submit)
        pad = QKeySequence(
            QKeyCombination(
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier,
                Qt.Key.Key_Enter,
            )
        )
        QShortcut(pad, self, self.submit.click)

    @property
    def words(self) -> str:
        """How much is chosen, in words."""
        return self._count.text()

    def show_conflict(self, view: ConflictView, side: Side | None) -> None:
        """Shows what may be done with a clash, and how far the choice is."""
        shown = view.shown
        may, by_choice = view.is_open, shown.by_choice
        reason_id = shown.view.reason_id
        again = shown.view.kind in AGAIN and reason_id not in NOT_AGAIN
        for made, words in zip((self.mine, self.theirs), _choices(view), strict=True):
            made.setText(words)
        whole = view.choices.whole_side() if by_choice else side
        self.mine.setEnabled(may and (by_choice or again))
        self.theirs.setEnabled(may)
        self.by_field.setEnabled(may and by_choice)
        self.mine.setChecked(whole is Side.MINE)
        self.theirs.setChecked(whole is Side.THEIRS)
        self.by_field.setChecked(view.by_field)
        returned = shown.view.state is ConflictState.RETURNED
        self.send_back.setEnabled(may and not returned and bool(shown.view.their_actor))
        open_groups = len(view.choices.undecided()) if by_choice else int(side is None)
        self.submit.setEnabled(may and not open_groups)
        self._say(view, open_groups, may=may)

    def _say(self, view: ConflictView, open_groups: int, *, may: bool) -> None:
        if not may:
            self._count.setText("")
        elif open_groups:
            self._count.set_color("overdue")
            self._count.setText(tr("reconcile.page.undecided", count=open_groups))
        else:
            self._count.set_color("done")
            count = len(view.choices.deciding()) or 1
            self._count.setText(tr("reconcile.page.decided", count=count))


class OwnFoot(_Foot):
    """Send again, edit again, copy, put away; for what is on its way nothing but copying."""

    def __init__(self) -> None:
        super().__init__()
        self.edit_again = button("reconcile.page.edit_again", key="Alt+1", tall=True)
        self.copy = button("reconcile.page.copy", icon_name="copy", key="Alt+2", tall=True)
        self.put_away = button("reconcile.page.put_away", "danger", key="Alt+4", tall=True)
        self.send_again = button(
            "reconcile.page.send_again", "primary", key="Ctrl+Return", tall=True
        )
        self.connect_now = button("reconcile.page.connect", icon_name="refresh", tall=True)
        for made in (self.edit_again, self.copy, self.put_away):
            self.row.addWidget(made)
        self.row.addStretch(1)
        self.row.addWidget(self.connect_now)
        self.row.addWidget(self.send_again)

    def show_own(self, own: WaitingCommand) -> None:
        """Shows what may be done with an own edit."""
        came_back = own.state in (WaitingState.REFUSED, WaitingState.BLOCKED)
        for made in (self.put_away, self.send_again):
            made.setVisible(came_back)
        self.connect_now.setVisible(not came_back)
