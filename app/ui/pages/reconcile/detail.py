"""The item of the inbox in full, with its action bar; or nothing, where there is nothing to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.services.inbox import Names
from app.services.reconcile import Side
from app.ui.kit.empty import EmptyState
from app.ui.kit.scroll import calm
from app.ui.pages.reconcile.conflict_view import ConflictView
from app.ui.pages.reconcile.foot import ConflictFoot, OwnFoot
from app.ui.pages.reconcile.items import InboxItem
from app.ui.pages.reconcile.typed import OwnView


class Detail(QStackedWidget):
    """`chosen(ConflictView)` whenever a clash that may be settled shows another choice.

    `view` is what is shown; `side` the side chosen for an edit that is decided as a whole.
    """

    chosen = Signal(object)

    def __init__(self, login: str) -> None:
        super().__init__()
        self._login = login
        self.view: ConflictView | OwnView | None = None
        self.side: Side | None = None
        self.conflict_foot, self.own_foot = ConflictFoot(), OwnFoot()
        self._scroll = QScrollArea()
        calm(self._scroll)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._foot = QStackedWidget()
        self._foot.addWidget(self.conflict_foot)
        self._foot.addWidget(self.own_foot)
        self._foot.setFixedHeight(self.conflict_foot.height())
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._foot)
        self.addWidget(room)
        self.addWidget(EmptyState("inbox", "reconcile.page.empty", "reconcile.page.empty_hint"))
        self.setCurrentIndex(1)
        self.conflict_foot.mine.clicked.connect(lambda: self.choose_all(Side.MINE))
        self.conflict_foot.theirs.clicked.connect(lambda: self.choose_all(Side.THEIRS))
        self.conflict_foot.by_field.clicked.connect(self.toggle_by_field)

    def show_item(self, item: InboxItem, names: Names, place: tuple[int, int]) -> None:
        """Shows an item, unless it is shown as it is; `place` is its number of how many."""
        self.setCurrentIndex(0)
        if self.view is not None and self._is_shown(item):
            self.view.place.show_place(place)
            return
        before, self.side = self.view, None
        view: ConflictView | OwnView
        if item.conflict is not None:
            view = ConflictView(item.conflict, names, self._login, place)
            _keep_choices(before, view)
            view.chosen.connect(self.show_choice)
        else:
            assert item.own is not None
            view = OwnView(item.own, names, place)
            self.own_foot.show_own(item.own)
        self.view = view
        self._scroll.setWidget(view)
        view.setAutoFillBackground(False)
        self._foot.setCurrentIndex(0 if item.conflict else 1)
        self.show_choice()

    def show_nothing(self) -> None:
        """Says that there is nothing to do."""
        self.setCurrentIndex(1)
        self.forget()

    def forget(self) -> None:
        """Lets the item go; the next one is shown anew."""
        gone = self._scroll.takeWidget()
        if gone is not None:
            gone.deleteLater()
        self.view = None

    def show_choice(self) -> None:
        """Shows how far the choice is."""
        view = self.view
        if not isinstance(view, ConflictView):
            return
        self.conflict_foot.show_conflict(view, self.side)
        if view.is_open and view.shown.by_choice:
            self.chosen.emit(view)

    def choose_all(self, side: Side) -> None:
        """Chooses a side for everything."""
        self.side = side
        if isinstance(self.view, ConflictView):
            self.view.choose_all(side)

    def toggle_by_field(self) -> None:
        """Shows a choice at each field, or at each group only."""
        if isinstance(self.view, ConflictView):
            self.view.show_by_field(not self.view.by_field)
            self.show_choice()

    def _is_shown(self, item: InboxItem) -> bool:
        if isinstance(self.view, ConflictView):
            return self.view.shown == item.conflict
        return self.view is not None and self.view.own == item.own


def _keep_choices(before: ConflictView | OwnView | None, view: ConflictView) -> None:
    """Choices made stay, but for fields that stand differently by now."""
    if not isinstance(before, ConflictView) or before.shown.view.id != view.shown.view.id:
        return
    stood = {name: value for g in before.choices.groups for name, value in (g.theirs or {}).items()}
    for group in view.choices.groups:
        for name, value in (group.theirs or {}).items():
            if name in before.choices.sides and stood.get(name) == value:
                view.choices.choose(name, before.choices.sides[name])
    view.show_by_field(before.by_field)
