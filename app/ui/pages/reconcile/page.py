"""The reconcile inbox: a list of what is not settled, the item in full, and what to do about it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout

from app.services.changes import Changes
from app.services.inbox import Inbox, read_inbox
from app.services.waiting import WaitingCommand
from app.ui.kit.buttons import button
from app.ui.kit.dialogs import FormDialog, confirm
from app.ui.kit.fields import ChoiceField
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.labels import Ground, Line
from app.ui.kit.page import Page, PageContext
from app.ui.kit.segmented import Segment, Segmented
from app.ui.kit.text import say, tr
from app.ui.pages.reconcile.conflict_view import ConflictView
from app.ui.pages.reconcile.detail import Detail
from app.ui.pages.reconcile.inbox_list import InboxList
from app.ui.pages.reconcile.items import InboxItem, founding_of, items_of
from app.ui.pages.reconcile.settling import Settling
from app.ui.pages.reconcile.typed import OwnView, typed_text
from app.ui.pages.tools import PageTools

TABS = ("all", "needs_me", "waiting", "settled")
LOOK_AGAIN_MS = 4000
TITLE_ID = "reconcile.page.title"


class ReconcilePage(Page):
    """The list at the left, the item in full beside it, an action bar below."""

    def __init__(self, context: PageContext, tools: PageTools) -> None:
        super().__init__(context, TITLE_ID)
        self._tools = tools
        self._inbox: Inbox | None = None
        self._wanted: UUID | None = None
        self.tabs = Segmented(
            tuple(Segment(key, f"reconcile.page.tab_{key}", 0) for key in TABS), tabs=True
        )
        self.projects = ChoiceField(tall=False)
        self.list = InboxList()
        self.detail = Detail(tools.login)
        self.conflict_foot, self.own_foot = self.detail.conflict_foot, self.detail.own_foot
        self.settling = Settling(self, context, tools)
        self._again = QTimer(self)
        self._again.setInterval(LOOK_AGAIN_MS)
        self._again.timeout.connect(self._read)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.bar.addWidget(self.tabs)
        say(self.projects, "reconcile.page.of_project", "name")
        connect = button("reconcile.page.connect", icon_name="refresh")
        connect.clicked.connect(self._retry)
        self.bar_end.addWidget(connect)
        self.bar_end.addWidget(self.projects)
        room = Ground("surface")
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(Line(vertical=True))
        row.addWidget(self.detail, 1)
        self.body.addWidget(room)
        say(self.list, TITLE_ID, "name")

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _key: self._list_items())
        self.projects.picked.connect(lambda _project: self._list_items())
        self.list.picked.connect(self._show_item)
        foot, own = self.conflict_foot, self.own_foot
        self.detail.chosen.connect(self.settling.preview)
        self.settling.settled.connect(self._go_on)
        self.settling.turned_back.connect(self.detail.show_choice)
        foot.send_back.clicked.connect(self._ask_remark)
        foot.submit.clicked.connect(self.submit)
        own.send_again.clicked.connect(lambda: self._do_own(self.settling.send_again))
        own.edit_again.clicked.connect(lambda: self._do_own(self._edit_again))
        own.copy.clicked.connect(self._copy)
        own.put_away.clicked.connect(self._ask_put_away)
        own.connect_now.clicked.connect(self._retry)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("J"), self, lambda: self.list.step(1), context=within)
        QShortcut(QKeySequence("K"), self, lambda: self.list.step(-1), context=within)

    # -- what the window tells

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.make_room(self.width())

    def activated(self, record_id: UUID | None = None) -> None:
        self._wanted = record_id
        self.list.setFocus()
        self._read()

    def changed(self, _changes: Changes) -> None:
        self._read()

    @property
    def view(self) -> ConflictView | OwnView | None:
        """What is shown in full."""
        return self.detail.view

    def retranslate(self) -> None:
        self.detail.forget()
        self._list_items()

    def key_hints(self) -> str:
        return tr("reconcile.page.keys")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()

    # -- reading

    def _read(self) -> None:
        tools = self._tools
        self.context.runner.query(
            self,
            lambda session: read_inbox(session, tools.login, tools.waiting()),
            self._take,
            key="inbox",
        )

    def _take(self, inbox: Inbox) -> None:
        if inbox != self._inbox:
            self._inbox = inbox
            self._list_items()
        if self._wanted is not None and self.list.choose(self._wanted):
            self._wanted = None
        self._watch()

    def _watch(self) -> None:
        # Whether the server has an edit by now is no change of rows: nothing tells of it.
        on_the_way = self._inbox is not None and bool(self._inbox.own)
        if on_the_way and self.isVisible():
            self._again.start()
        else:
            self._again.stop()

    def _list_items(self) -> None:
        if self._inbox is None:
            return
        items = items_of(self._inbox, self._tools.login)
        names = sorted({item.project for item in items if item.project})
        self.projects.set_choices(
            [(None, tr("reconcile.page.all_projects")), *((name, name) for name in names)]
        )
        if self.projects.currentIndex() < 0:
            self.projects.setCurrentIndex(0)
        wanted = self.projects.value()
        items = [item for item in items if wanted in (None, item.project)]
        for key in TABS:
            self.tabs.set_count(key, sum(_is_under(item, key) for item in items))
        shown = [item for item in items if _is_under(item, self.tabs.current)]
        self.list.show_items(shown)
        # Its place among the others may be another, even where the item is the same.
        self._show_item(self.list.current_item())

    # -- the item in full

    def _show_item(self, item: InboxItem | None) -> None:
        if item is None or self._inbox is None:
            self.detail.show_nothing()
        else:
            self.detail.show_item(item, self._inbox.names, self._place(item))

    def _place(self, item: InboxItem) -> tuple[int, int]:
        beside = [one.id for one in self.list.items if one.section is item.section]
        return beside.index(item.id) + 1, len(beside)

    # -- clashes

    def submit(self) -> None:
        """Sends the choice and goes on to the next item."""
        if isinstance(self.view, ConflictView) and self.conflict_foot.submit.isEnabled():
            self.conflict_foot.submit.setEnabled(False)
            self.settling.submit(self.view, self.detail.side, self.list.next_to_decide())

    def _go_on(self, following: UUID | None) -> None:
        self._wanted = following
        self._read()

    def _ask_remark(self) -> None:
        if not isinstance(self.view, ConflictView):
            return
        shown, following = self.view.shown, self.list.next_to_decide()

        def send(values: dict[str, object], finish: Any) -> None:
            self.settling.send_back(shown, str(values["remark"]), following, finish)

        specs = (FieldSpec("remark", "reconcile.page.remark", "lines", required=True, most=2000),)
        dialog = FormDialog(
            self,
            tr("reconcile.page.send_back_title"),
            specs,
            tr("reconcile.page.send_back_do"),
            send,
            today=date.today(),  # noqa: DTZ011 - the form has no date
        )
        dialog.open()
        dialog.form.field("remark").setFocus()

    # -- own edits

    def _do_own(self, act: Callable[[WaitingCommand], None]) -> None:
        if isinstance(self.view, OwnView):
            act(self.view.own)

    def _edit_again(self, own: WaitingCommand) -> None:
        if self._inbox is not None:
            self.settling.edit_again(founding_of(own, self._inbox.own), self._inbox.names.projects)

    def _copy(self) -> None:
        if isinstance(self.view, OwnView) and self._inbox is not None:
            QGuiApplication.clipboard().setText(typed_text(self.view.own, self._inbox.names))
            self.context.toasts.say(tr("reconcile.page.copied"))

    def _ask_put_away(self) -> None:
        if isinstance(self.view, OwnView):
            own = self.view.own
            confirm(
                self,
                tr("reconcile.page.put_away_title"),
                tr("reconcile.page.put_away_words"),
                tr("reconcile.page.put_away"),
                lambda: self.settling.put_away(own),
            )

    def _retry(self) -> None:
        self.context.runner.work(
            self, self._tools.retry_link, lambda _answer: self._read(), key="retry"
        )


def _is_under(item: InboxItem, tab: str) -> bool:
    return tab in ("all", item.section.value)
