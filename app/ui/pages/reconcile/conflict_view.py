"""A clash in full: who changed what, the groups to choose from, what comes of it, what happened."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.reconcile import ConflictState
from app.services.inbox import Names, ShownConflict, typed_fields
from app.services.ledger.again import DAY_REASONS, FINAL_REASONS
from app.services.outcome import Preview
from app.services.reconcile import FieldGroup, Side
from app.ui.kit.badge import StatusPill
from app.ui.kit.buttons import button
from app.ui.kit.formats import say_time
from app.ui.kit.labels import Label
from app.ui.kit.measures import GAP_M, GAP_S, GAP_XL, TYPE_NUMBER
from app.ui.kit.status import Status
from app.ui.kit.text import tr
from app.ui.pages.reconcile.choices import Choices, groups_of, matter_of
from app.ui.pages.reconcile.compare import GroupBlock
from app.ui.pages.reconcile.items import CLASH, RETURNED, SETTLED, say_kind, title_of
from app.ui.pages.reconcile.parts import (
    Event,
    History,
    PlaceLabel,
    ResultCards,
    SideCard,
    side_cards,
)
from app.ui.pages.reconcile.typed import TypedLines
from app.ui.pages.reconcile.wording import say_group, say_known, say_value
from app.ui.pages.wording import say_person

STATES = {
    ConflictState.OPEN: (Status.OVERDUE, CLASH),
    ConflictState.RETURNED: (Status.WAITING, RETURNED),
    ConflictState.RESOLVED: (Status.DONE, SETTLED),
}


class ConflictView(QWidget):
    """`chosen()` after any choice; `choices` holds the sides."""

    chosen = Signal()

    def __init__(
        self, shown: ShownConflict, names: Names, login: str, place: tuple[int, int]
    ) -> None:
        super().__init__()
        self.shown = shown
        self._names = names
        self._login = login
        self.choices = Choices(groups_of(shown))
        self.by_field = False
        self.blocks: list[GroupBlock] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(GAP_XL, GAP_M, GAP_XL, GAP_XL)
        self._column.setSpacing(GAP_S)
        self._add_head(place)
        self._add_groups()
        self._results = ResultCards(names.day_of(shown.view.scope_id))
        self._column.addWidget(self._results)
        self._column.addWidget(History(self._events()))
        self._column.addStretch(1)

    @property
    def titles(self) -> tuple[str, str]:
        """What the author's column and the other's are called for the person looking."""
        view = self.shown.view
        if view.actor == self._login:
            return tr("reconcile.page.mine"), tr("reconcile.page.theirs")
        if view.their_actor == self._login:
            return tr("reconcile.page.theirs"), tr("reconcile.page.mine")
        return self._person(view.actor), self._person(view.their_actor)

    @property
    def is_open(self) -> bool:
        """Whether this person may settle it now."""
        settled = self.shown.view.state is ConflictState.RESOLVED
        return self.shown.may_settle and not settled

    def choose_all(self, side: Side) -> None:
        """Chooses a side for everything."""
        self.choices.choose_all(side)
        self.refresh()
        self.chosen.emit()

    def show_by_field(self, by_field: bool) -> None:
        """Shows a radio at each field."""
        self.by_field = by_field
        self.refresh()

    def refresh(self) -> None:
        """Shows the sides chosen."""
        for block in self.blocks:
            block.refresh(by_field=self.by_field)

    def show_preview(self, preview: Preview | None) -> None:
        """Shows what the choice would make of the schedule."""
        self._results.show_preview(preview)

    # -- parts

    def _add_head(self, place: tuple[int, int]) -> None:
        view = self.shown.view
        status, mark = STATES[view.state]
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        row.addWidget(StatusPill(status, tr(mark.text_id)))
        row.addWidget(
            Label(title_of(self.shown, self._names), TYPE_NUMBER, bold=True, wrap=True), 1
        )
        self.place = PlaceLabel(place)
        row.addWidget(self.place)
        self._column.addLayout(row)
        where = view.project or tr("people.page.company")
        why = say_known(view.reason_id, view.reason_id)
        words = tr("reconcile.page.breadcrumb", where=where, what=say_kind(view.kind), why=why)
        self._column.addWidget(Label(words, color="text_2", wrap=True))
        if view.remark:
            remark = tr("reconcile.page.remark_was", remark=view.remark)
            self._column.addWidget(Label(remark, color="waiting", wrap=True))
        if not self.shown.may_settle and view.state is not ConflictState.RESOLVED:
            self._column.addWidget(Label(tr("reconcile.not_concerned"), color="text_2", wrap=True))

    def _add_groups(self) -> None:
        groups = groups_of(self.shown)
        if not self.shown.view.groups:
            self._column.addWidget(Label(tr(self._hint_id()), color="text_2", wrap=True))
            fields = typed_fields(self.shown.view.command)
            self._column.addWidget(TypedLines(fields, self._names, self.shown.view.scope_id))
            return
        differing = [group for group in groups if matter_of(group) != "same"]
        same = [group for group in groups if matter_of(group) == "same"]
        self._column.addSpacing(GAP_S)
        self._column.addWidget(side_cards(self._summary(len(differing), len(same)), self._cards()))
        for group in differing:
            self._add_block(group)
        if same:
            self._add_same(same)
        if not self.shown.by_choice and self.is_open:
            self._column.addWidget(Label(tr(self._hint_id()), color="text_2", wrap=True))

    def _hint_id(self) -> str:
        reason_id = self.shown.view.reason_id
        if reason_id == "reconcile.row_deleted":
            return "reconcile.page.hint_deleted"
        if reason_id in DAY_REASONS:
            return "reconcile.page.hint_day"
        if reason_id in FINAL_REASONS:
            return "reconcile.page.hint_final"
        return "reconcile.page.hint_again"

    def _add_block(self, group: FieldGroup) -> QWidget:
        block = GroupBlock(
            group,
            self.choices,
            self._say,
            self.titles,
            open_to_choice=self.is_open and self.shown.by_choice,
        )
        block.chosen.connect(self._tell)
        self.blocks.append(block)
        self._column.addWidget(block)
        return block

    def _add_same(self, same: list[FieldGroup]) -> None:
        words = tr("people.page.comma").join(say_group(group.group) for group in same)
        fold = button(
            "reconcile.page.same", "link", icon_name="right", count=len(same), groups=words
        )
        self._column.addWidget(fold)
        blocks = [self._add_block(group) for group in same]
        for block in blocks:
            block.hide()

        def show() -> None:
            shown = blocks[0].isHidden()
            fold.set_icon("down" if shown else "right")
            for block in blocks:
                block.setVisible(shown)

        fold.clicked.connect(show)

    def _tell(self) -> None:
        self.refresh()
        self.chosen.emit()

    def _say(self, name: str, value: Any, beside: dict[str, Any]) -> str:
        return say_value(name, value, self._names, self.shown.view.scope_id, beside)

    def _person(self, login: str) -> str:
        if login == self._login:
            return tr("reconcile.page.you", name=say_person(login, self._names.people))
        return say_person(login, self._names.people) or tr("reconcile.page.somebody")

    def _summary(self, differing: int, same: int) -> list[str]:
        words = [tr("reconcile.page.groups"), tr("reconcile.page.groups_differ", count=differing)]
        return [*words, tr("reconcile.page.groups_same", count=same)] if same else words

    def _cards(self) -> list[SideCard]:
        view = self.shown.view
        mine, theirs = self.titles
        keys = ("Alt+1", "Alt+2") if self.is_open and self.shown.by_choice else ("", "")
        issued = tr("reconcile.page.edited_at", time=say_time(view.issued_at))
        base = ("", tr("reconcile.page.base_words", person=self._person(view.actor)))
        return [
            SideCard("window", "text", tr("reconcile.page.base"), base),
            SideCard("mine", "running", mine, (self._person(view.actor), issued), keys[0]),
            SideCard(
                "theirs",
                "waiting",
                theirs,
                (
                    self._person(view.their_actor),
                    tr("reconcile.page.saved_at", time=say_time(view.their_at)),
                ),
                keys[1],
            ),
        ]

    def _events(self) -> list[Event]:
        view = self.shown.view
        author = self._person(view.actor)
        events = [Event(view.issued_at, author, tr("reconcile.page.event_edited"), "running")]
        if view.their_at is not None:
            words = tr("reconcile.page.event_theirs")
            events.append(Event(view.their_at, self._person(view.their_actor), words, "waiting"))
        if view.resolved_at is not None:
            words = tr("reconcile.page.event_settled")
            events.append(
                Event(view.resolved_at, self._person(view.resolved_by), words, "done", "check")
            )
        return events
