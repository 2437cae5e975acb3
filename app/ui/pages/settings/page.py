"""Settings: look, what this desk is, what it stores, whether it is sound, and signing out."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.core.errors import GantryError
from app.services.changes import Changes
from app.texts import LANGUAGES, Language
from app.ui.kit.badge import StatusPill
from app.ui.kit.buttons import button
from app.ui.kit.cards import Card
from app.ui.kit.dialogs import confirm
from app.ui.kit.formats import NOTHING, say_number, say_time
from app.ui.kit.labels import Label, label
from app.ui.kit.measures import GAP_L, GAP_M, GAP_S, TYPE_SMALL
from app.ui.kit.page import Page, PageContext
from app.ui.kit.scroll import calm
from app.ui.kit.segmented import Segment, Segmented
from app.ui.kit.status import Status
from app.ui.kit.text import say, say_reason, tr
from app.ui.pages.settings.look import SCALES, THEMES, Look, ThemeChoice
from app.ui.pages.tools import DeskCheck, DeskFacts, PageTools

WIDEST = 760
NAME = 148
TITLE_ID = "settings.page.title"
KILO = 1024


class SettingsPage(Page):
    """Cards, one below the other; every choice is in force at once."""

    def __init__(self, context: PageContext, tools: PageTools) -> None:
        super().__init__(context, TITLE_ID)
        self._tools = tools
        self._facts: DeskFacts | None = None
        self._checks: tuple[DeskCheck, ...] | None = None
        self.look = Look(context.layouts, self)
        self.language = _choice("language", LANGUAGES)
        self.theme = _choice("theme", THEMES)
        self.scale = _choice("scale", [str(percent) for percent in SCALES])
        self.sign_out = button("settings.page.sign_out", "danger", icon_name="sign_out")
        self.check = button("settings.page.check", icon_name="check")
        self._desk_lines, self._storage_lines = _Lines(), _Lines()
        self._check_lines = QVBoxLayout()
        self._check_lines.setSpacing(GAP_S)
        self._build()
        self._show_look()
        self.look.changed.connect(self._show_look)

    def _build(self) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_L)
        cards = [self._look_card(), self._account_card()]
        if self._tools.desk is not None:
            cards += [self._desk_card(), self._storage_card(), self._check_card()]
        for card in cards:
            card.setMaximumWidth(WIDEST)
            column.addWidget(card)
        column.addStretch(1)
        scroll = QScrollArea()
        calm(scroll, "window")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        self.body.addWidget(scroll)

    def _look_card(self) -> Card:
        card = Card("settings.page.look")
        lines = _Lines()
        for key, widget in (
            ("language", self.language),
            ("theme", self.theme),
            ("scale", self.scale),
        ):
            lines.add(f"settings.page.{key}", widget)
        card.body.addWidget(lines)
        card.body.addWidget(
            label("settings.page.scale_hint", TYPE_SMALL, color="text_2", wrap=True)
        )
        self.language.chosen.connect(lambda key: self.look.choose_language(cast(Language, key)))
        self.theme.chosen.connect(lambda key: self.look.choose_theme(cast(ThemeChoice, key)))
        self.scale.chosen.connect(lambda key: self.look.choose_percent(int(key)))
        return card

    def _account_card(self) -> Card:
        card = Card("settings.page.account")
        self._account = Label("")
        row = QHBoxLayout()
        row.addWidget(self._account, 1)
        if self._tools.desk is not None:
            row.addWidget(self.sign_out)
            self.sign_out.clicked.connect(self._ask_sign_out)
        card.body.addLayout(row)
        self._say_account()
        return card

    def _desk_card(self) -> Card:
        card = Card("settings.page.desk")
        card.body.addWidget(self._desk_lines)
        connect = button("settings.page.connect", "link")
        connect.clicked.connect(self._retry)
        card.head.addWidget(connect)
        return card

    def _storage_card(self) -> Card:
        card = Card("settings.page.storage")
        card.body.addWidget(self._storage_lines)
        card.body.addWidget(
            label("settings.page.storage_hint", TYPE_SMALL, color="text_2", wrap=True)
        )
        folder = button("settings.page.open_folder", "link")
        folder.clicked.connect(self._open_folder)
        card.head.addWidget(folder)
        return card

    def _check_card(self) -> Card:
        card = Card("settings.page.checks")
        card.body.addLayout(self._check_lines)
        card.head.addWidget(self.check)
        self._check_lines.addWidget(label("settings.page.checks_hint", color="text_2", wrap=True))
        self.check.clicked.connect(self.run_checks)
        return card

    # -- what the window tells

    def activated(self, _record_id: UUID | None = None) -> None:
        self._read()

    def changed(self, _changes: Changes) -> None:
        self._read()

    def retranslate(self) -> None:
        self._say_account()
        self._show_facts()
        self._show_checks()

    # -- look

    def _show_look(self) -> None:
        shown = (
            (self.language, self.context.texts.language),
            (self.theme, self.look.theme_choice),
            (self.scale, str(self.look.percent)),
        )
        for widget, key in shown:
            widget.blockSignals(True)
            widget.choose(key)
            widget.blockSignals(False)

    # -- this desk

    def _read(self) -> None:
        desk = self._tools.desk
        if desk is not None:
            self.context.runner.work(self, desk.facts, self._take_facts, key="facts")

    def _take_facts(self, facts: DeskFacts) -> None:
        self._facts = facts
        self._show_facts()

    def _show_facts(self) -> None:
        facts = self._facts
        if facts is None:
            return
        link = "settings.page.connected" if facts.is_connected else "settings.page.not_connected"
        as_of = say_time(facts.data_as_of) if facts.data_as_of else NOTHING
        self._desk_lines.show_words(
            (
                ("settings.page.server", facts.server),
                ("settings.page.database", facts.database),
                ("settings.page.link", tr(link)),
                ("settings.page.data_as_of", as_of),
                ("settings.page.device", str(facts.device_id)),
                ("settings.page.version", facts.program_version),
            )
        )
        sizes = [(name, say_size(size)) for name, size in facts.files]
        whole = say_size(sum(size for _name, size in facts.files))
        self._storage_lines.show_words(
            (("settings.page.folder", str(facts.folder)), ("settings.page.size", whole)), sizes
        )

    def _retry(self) -> None:
        self.context.runner.work(
            self, self._tools.retry_link, lambda _answer: self._read(), key="retry"
        )

    def _open_folder(self) -> None:
        if self._facts is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._facts.folder)))

    # -- checks

    def run_checks(self) -> None:
        """Checks this computer; the answer comes when it is there."""
        desk = self._tools.desk
        if desk is None:
            return
        self.check.setEnabled(False)
        say(self.check, "settings.page.checking")
        self.context.runner.work(
            self, desk.checks, self._take_checks, key="checks", on_error=self._not_checked
        )

    def _take_checks(self, checks: tuple[DeskCheck, ...]) -> None:
        self._checks = checks
        self._may_check_again()
        self._show_checks()

    def _not_checked(self, error: GantryError) -> None:
        self._take_checks((DeskCheck(False, error.reason),))

    def _may_check_again(self) -> None:
        self.check.setEnabled(True)
        say(self.check, "settings.page.check")

    def _show_checks(self) -> None:
        if self._checks is None:
            return
        _empty(self._check_lines)
        for check in self._checks:
            self._check_lines.addWidget(_check_row(check))

    # -- leaving

    def _say_account(self) -> None:
        account = self.context.account
        words = [account.name, self._tools.login, account.role_words]
        self._account.setText(" · ".join(word for word in words if word))

    def _ask_sign_out(self) -> None:
        desk = self._tools.desk
        if desk is not None:
            confirm(
                self,
                tr("settings.page.sign_out_title"),
                tr("settings.page.sign_out_words"),
                tr("settings.page.sign_out"),
                desk.sign_out,
                danger=False,
            )


class _Lines(QWidget):
    """Names at the left, words or widgets beside them."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_M)
        self._grid.setVerticalSpacing(GAP_S)
        self._grid.setColumnMinimumWidth(0, NAME)
        self._grid.setColumnStretch(1, 1)
        self._rows = 0

    def add(self, name_id: str, widget: QWidget) -> None:
        """Adds a widget with its name."""
        self._grid.addWidget(label(name_id, color="text_2"), self._rows, 0)
        self._grid.addWidget(widget, self._rows, 1, Qt.AlignmentFlag.AlignLeft)
        self._rows += 1

    def show_words(
        self, named: Sequence[tuple[str, str]], own: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Shows (text id, words) and (name as it is, words) instead of what was there."""
        _empty(self._grid)
        rows = [(tr(text_id), words) for text_id, words in named] + list(own)
        for row, (name, words) in enumerate(rows):
            value = Label(words, wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(Label(name, color="text_2"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1)


def _empty(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()


def _choice(key: str, values: Sequence[str]) -> Segmented:
    made = Segmented(tuple(Segment(one, f"settings.page.{key}_{one}") for one in values))
    say(made, f"settings.page.{key}", "description")
    return made


def _check_row(check: DeskCheck) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GAP_M)
    status = Status.DONE if check.is_sound else Status.OVERDUE
    word = tr("settings.page.sound" if check.is_sound else "settings.page.unsound")
    line.addWidget(StatusPill(status, word), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.addWidget(Label(say_reason(check.said), wrap=True))
    if check.advice is not None:
        words.addWidget(Label(say_reason(check.advice), TYPE_SMALL, color="text_2", wrap=True))
    line.addLayout(words, 1)
    return row


def say_size(count: int) -> str:
    """Bytes as KB or MB."""
    if count < KILO * KILO:
        return f"{say_number(max(-(-count // KILO), 0))} KB"
    return f"{count / KILO / KILO:,.1f} MB"
