"""From a choice in the inbox to commands, and from refused edits to their second chance."""

from collections.abc import Callable, Container
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core.errors import GantryError
from app.services.commands import Command
from app.services.inbox import ShownConflict, rest_command, typed_fields
from app.services.outcome import asked_again, preview
from app.services.projects import CreateProject, EditProject
from app.services.reconcile import ResolveConflict, ReturnConflict, Side
from app.services.waiting import WaitingCommand
from app.ui.kit.dialogs import show_error
from app.ui.kit.page import PageContext
from app.ui.kit.text import tr
from app.ui.pages.reconcile.choices import groups_of, seen_of
from app.ui.pages.reconcile.conflict_view import ConflictView
from app.ui.pages.tools import PageTools

PAGES = {"schedule": "schedule", "projects": "projects", "people": "people"}
TYPED_IN_FORMS = frozenset({CreateProject.KIND, EditProject.KIND})
ROW_FIELDS = ("task_id", "successor_id", "person_id")


class Settling(QObject):
    """Submits what a person decided: `settled(id of the next item or None)` once it is stored,
    `turned_back()` where a choice about a clash was refused. Dialogs stand over `page`.
    """

    settled = Signal(object)
    turned_back = Signal()

    def __init__(self, page: QWidget, context: PageContext, tools: PageTools) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._tools = tools

    def preview(self, view: ConflictView) -> None:
        """Computes what the choice would make of the schedule."""
        shown, chosen = view.shown, view.choices.mine()
        base = {name: value for group in groups_of(shown) for name, value in group.base.items()}
        self._context.runner.query(
            view,
            lambda session: preview(session, shown, chosen, base),
            view.show_preview,
            key="preview",
        )

    def submit(self, view: ConflictView, side: Side | None, following: UUID | None) -> None:
        """Sends a choice. Fields that waited with the clash follow as an edit of their own."""
        if not view.shown.by_choice:
            self._submit_whole(view.shown, side, following)
            return
        shown, mine = view.shown, view.choices.mine()
        clashing = {name for group in shown.view.groups for name in group.mine}
        rest = {name: value for name, value in mine.items() if name not in clashing}
        seen = seen_of(shown.rest)
        resolve = ResolveConflict(
            scope_id=shown.view.scope_id,
            conflict_id=shown.view.id,
            choices=tuple(sorted(mine.keys() & clashing)),
            seen=dict(seen_of(shown.view.groups)),
        )
        self._send(resolve, rest_command(shown, rest, seen), following)

    def _submit_whole(
        self, shown: ShownConflict, side: Side | None, following: UUID | None
    ) -> None:
        resolve = ResolveConflict(scope_id=shown.view.scope_id, conflict_id=shown.view.id)
        if side is not Side.MINE:
            self._send(resolve, None, following)
            return

        def ask(command: Command | None) -> None:
            if command is None:
                self._context.toasts.say(tr("reconcile.page.cannot_ask_again"), tone="refused")
                self.turned_back.emit()
            else:
                # The clash stays until the same wish has gone through.
                self._send(command, resolve, following)

        self._context.runner.query(
            self, lambda session: asked_again(session, shown), ask, key="again"
        )

    def _send(self, first: Command, then: Command | None, following: UUID | None) -> None:
        def stored(_changes: object) -> None:
            if then is not None:
                self._context.runner.submit(then, done, refused, owner=self)
            else:
                done(_changes)

        def done(_changes: object) -> None:
            self._context.toasts.say(tr("reconcile.page.settled_now"))
            self.settled.emit(following)

        def refused(error: GantryError) -> None:
            show_error(self._page, error)
            self.turned_back.emit()

        self._context.runner.submit(first, stored, refused, owner=self)

    def send_back(
        self,
        shown: ShownConflict,
        remark: str,
        following: UUID | None,
        finish: Callable[[GantryError | None], None],
    ) -> None:
        """Hands a clash to the other person."""
        command = ReturnConflict(
            scope_id=shown.view.scope_id, conflict_id=shown.view.id, remark=remark
        )

        def done(_changes: object) -> None:
            finish(None)
            self._context.toasts.say(tr("reconcile.page.sent_back"))
            self.settled.emit(following)

        self._context.runner.submit(command, done, finish, owner=self)

    # -- own edits

    def send_again(self, own: WaitingCommand) -> None:
        """Sends a refused edit once more, as a new one."""
        self._work(lambda: self._tools.issue_again(own.op_id), "reconcile.page.sent_again")

    def put_away(self, own: WaitingCommand) -> None:
        """Takes a refused edit out of the inbox."""
        self._work(lambda: self._tools.dismiss(own.op_id), "reconcile.page.was_put_away")

    def edit_again(self, own: WaitingCommand, known: Container[UUID]) -> None:
        """Opens the page where the same can be typed again; `known` are the projects there are.

        A page that has a form for it is told the edit itself, any other the row.
        """
        if own.scope_id in known:
            self._context.project.choose(own.scope_id)
        key = PAGES.get(own.kind.partition(".")[0], "schedule")
        self._context.navigate(key, own.op_id if own.kind in TYPED_IN_FORMS else _row_of(own))

    def _work(self, act: Callable[[], Any], said_id: str) -> None:
        def done(_answer: object) -> None:
            self._context.toasts.say(tr(said_id))
            self.settled.emit(None)

        def refused(error: GantryError) -> None:
            show_error(self._page, error)

        self._context.runner.work(self, act, done, key="own", on_error=refused)


def _row_of(own: WaitingCommand) -> UUID | None:
    found = {field.name: field.after for field in typed_fields(own.payload)}
    for name in ROW_FIELDS:
        if name in found:
            try:
                return UUID(str(found[name]))
            except ValueError:
                return None
    return None
