"""Runs actions of one or many commands so that they are one step of undo, all or nothing."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.core.errors import GantryError
from app.services.changes import Changes
from app.services.commands import Command
from app.ui.kit.runner import Runner
from app.ui.kit.undo import Step, UndoStack
from app.ui.pages.schedule.steps import Action

Done = Callable[[], None]
Told = Callable[[GantryError], None]


class Doer(QObject):
    """Submits actions. Commands of one action run in order on the writer thread.

    `stored()` when an action is safely stored, `turned_back()` when it was refused.
    """

    stored = Signal()
    turned_back = Signal()

    def __init__(self, runner: Runner, undo: UndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._undo = undo

    def do(
        self, action: Action, on_done: Done | None = None, on_refused: Told | None = None
    ) -> None:
        """Does an action. If one of its commands is refused, the others are taken back."""
        if not action.acts:
            return
        run = _Run(self._runner, action, on_refused)
        self._undo.submit(
            Step(action.name, run.again, run.inverse),
            partial(self._stored, run, on_done),
            partial(self._refused, run),
        )

    def run_once(self, command: Command, on_refused: Told) -> None:
        """Runs a command that has no way back."""
        self._runner.submit(command, lambda _changes: self.stored.emit(), on_refused, owner=self)

    def _refused(self, run: "_Run", error: GantryError) -> None:
        run.last_refused(error)
        self.turned_back.emit()

    def _stored(self, run: "_Run", on_done: Done | None, _changes: Changes) -> None:
        self.stored.emit()
        if run.refused:
            # The last command was stored, an earlier one was not: the step goes back as a whole.
            self._undo.undo()
            run.tell()
            self.turned_back.emit()
        elif on_done is not None:
            on_done()


class _Run:
    """One action's way through the runner: which acts were refused, and why first."""

    def __init__(self, runner: Runner, action: Action, on_refused: Told | None) -> None:
        self._runner = runner
        self._action = action
        self._on_refused = on_refused
        self._reason: GantryError | None = None
        self.refused: set[int] = set()

    def again(self) -> Command:
        """All commands but the last go to the runner; the last is for the undo stack to submit."""
        self.refused.clear()
        self._reason = None
        *first, last = self._action.acts
        for number, act in enumerate(first):
            self._runner.submit(act.again(), None, partial(self._note, number))
        return last.again()

    def inverse(self) -> Command:
        """The way back of all acts that were not refused, the last command left to the caller."""
        *first, last = self._way_back(len(self._action.acts))
        for command in first:
            self._runner.submit(command, None, self._runner.refused.emit)
        return last

    def last_refused(self, error: GantryError) -> None:
        """The last command was refused: what came before it is taken back."""
        self._note(len(self._action.acts) - 1, error)
        if len(self.refused) < len(self._action.acts):
            for command in self._way_back(len(self._action.acts)):
                self._runner.submit(command, None, self._runner.refused.emit)
        self.tell()

    def tell(self) -> None:
        """Says why, once."""
        if self._reason is None:
            return
        if self._on_refused is None:
            self._runner.refused.emit(self._reason)
        else:
            self._on_refused(self._reason)

    def _note(self, number: int, error: GantryError) -> None:
        self.refused.add(number)
        self._reason = self._reason or error

    def _way_back(self, count: int) -> Sequence[Command]:
        acts = [act for n, act in enumerate(self._action.acts[:count]) if n not in self.refused]
        ordered = acts[::-1]
        commands = [command for act in ordered for command in act.inverse()]
        return [*commands, *(act.mend() for act in ordered if act.mend is not None)]
