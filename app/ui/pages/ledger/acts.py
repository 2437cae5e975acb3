"""Acts on entries: forms, questions, and the commands that follow from them."""

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import GantryError
from app.services.commands import Command
from app.services.ledger.content import LineOf
from app.services.ledger.queries import EntryView, PeriodView, next_counter
from app.ui.kit.dialogs import FormDialog, confirm, show_error
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.page import PageContext
from app.ui.kit.text import tr
from app.ui.pages.ledger import deeds
from app.ui.pages.ledger.columns import say_entry_number
from app.ui.pages.ledger.entry_dialog import EntryDialog, Finish
from app.ui.pages.ledger.months import say_month
from app.ui.pages.tools import PageTools

LONGEST: Final = 300


class Acts(QObject):
    """`drafted(id)` when a new entry is stored. Dialogs stand over the page."""

    drafted = Signal(object)

    def __init__(self, page: QWidget, context: PageContext, tools: PageTools) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._tools = tools

    def new(self, scope_id: UUID) -> EntryDialog:
        """Asks for a new entry."""

        def store(values: dict[str, object], lines: tuple[LineOf, ...], finish: Finish) -> None:
            device, entry_id = self._tools.device_mark(), self._tools.new_id()

            def write(counter: int) -> None:
                command = deeds.drafting(scope_id, entry_id, values, lines, device, counter)
                self._submit(command, lambda: self._drafted(entry_id, finish), finish)

            self._context.runner.query(
                self,
                lambda session: next_counter(session, device),
                write,
                key="counter",
                on_error=finish,
            )

        return self._open(tr("ledger.page.new_title"), store, None)

    def _drafted(self, entry_id: UUID, finish: Finish) -> None:
        finish(None)
        self.drafted.emit(entry_id)

    def edit(self, scope_id: UUID, entry: EntryView) -> EntryDialog:
        """Asks for changes of an entry."""

        def store(values: dict[str, object], lines: tuple[LineOf, ...], finish: Finish) -> None:
            command = deeds.editing(scope_id, entry, values, lines)
            if command is None:
                finish(None)
            else:
                self._submit(command, lambda: finish(None), finish)

        title = tr("ledger.page.edit_title", number=say_entry_number(entry))
        return self._open(title, store, entry)

    def _open(self, title: str, store: Any, entry: EntryView | None) -> EntryDialog:
        dialog = EntryDialog(
            self._page,
            title,
            self._tools.accounts(),
            store,
            today=self._tools.today(),
            entry=entry,
        )
        dialog.open()
        return dialog

    def submit(self, scope_id: UUID, entry: EntryView) -> None:
        """Hands an entry in."""
        self._say_done(deeds.submitting(scope_id, entry), "ledger.page.submitted")

    def approve(self, scope_id: UUID, entry: EntryView) -> None:
        """Approves an entry as it is shown."""
        self._say_done(deeds.approving(scope_id, entry), "ledger.page.approved")

    def give_back(self, scope_id: UUID, entry: EntryView) -> FormDialog:
        """Asks why, and returns the entry."""

        def send(values: dict[str, object], finish: Finish) -> None:
            command = deeds.returning(scope_id, entry, str(values["remark"]))
            self._submit(command, lambda: finish(None), finish)

        questions = (
            FieldSpec("remark", "ledger.page.remark", "lines", required=True, most=LONGEST),
        )
        title = tr("ledger.page.return_title", number=say_entry_number(entry))
        return self._ask(title, questions, "ledger.page.return", send)

    def post(self, scope_id: UUID, entry: EntryView) -> None:
        """Asks once more: what is posted cannot be changed."""
        confirm(
            self._page,
            tr("ledger.page.post_title"),
            tr("ledger.page.post_words"),
            tr("ledger.page.post"),
            lambda: self._say_done(deeds.posting(scope_id, entry), "ledger.page.posted"),
            danger=False,
        )

    def reverse(self, scope_id: UUID, entry: EntryView) -> FormDialog:
        """Asks for the day and the summary of the reversal."""

        def send(values: dict[str, object], finish: Finish) -> None:
            command = deeds.reversing(scope_id, entry, self._tools.new_id(), values)
            self._submit(command, lambda: finish(None), finish)

        questions = (
            FieldSpec("business_date", "ledger.page.date", "date", required=True),
            FieldSpec("summary", "ledger.page.summary", required=True, most=LONGEST),
        )
        title = tr("ledger.page.reverse_title", number=entry.number)
        dialog = self._ask(title, questions, "ledger.page.reverse", send)
        summary = tr("ledger.page.reverses", summary=entry.summary)[:LONGEST]
        dialog.form.set_values({"business_date": self._tools.today(), "summary": summary})
        return dialog

    def close(self, scope_id: UUID, months: Sequence[PeriodView]) -> FormDialog:
        """Asks which month to close."""

        def send(values: dict[str, object], finish: Finish) -> None:
            place = values["month"]
            assert isinstance(place, int)
            command = deeds.closing(scope_id, months[place])
            self._submit(command, lambda: finish(None), finish)

        def choices() -> tuple[tuple[object, str], ...]:
            return tuple((place, say_month(one)) for place, one in enumerate(months))

        questions = (
            FieldSpec(
                "month",
                "ledger.page.months",
                "choice",
                required=True,
                hint_id="ledger.page.close_hint",
                choices=choices,
            ),
        )
        dialog = self._ask(tr("ledger.page.close_title"), questions, "ledger.close_period", send)
        dialog.form.set_values({"month": 0})
        return dialog

    def _ask(
        self,
        title: str,
        questions: Sequence[FieldSpec],
        action_id: str,
        send: Callable[[dict[str, object], Finish], None],
    ) -> FormDialog:
        today = self._tools.today()
        dialog = FormDialog(self._page, title, questions, tr(action_id), send, today=today)
        dialog.open()
        return dialog

    def _say_done(self, command: Command, said_id: str) -> None:
        def done() -> None:
            self._context.toasts.say(tr(said_id))

        def refused(error: GantryError) -> None:
            show_error(self._page, error)

        self._submit(command, done, refused)

    def _submit(
        self,
        command: Command,
        done: Callable[[], None],
        refused: Callable[[GantryError], None],
    ) -> None:
        self._context.runner.submit(command, lambda _changes: done(), refused, owner=self)
