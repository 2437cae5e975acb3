"""Undo and redo of commands, each with the name of the action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from app.core.errors import GantryError, Reason
from app.services.changes import Changes
from app.ui.kit.runner import Runner, is_alive

DEPTH: Final = 100


@dataclass(frozen=True, slots=True)
class Step:
    """A named action. `again` and `inverse` make a fresh command each time."""

    name: Reason
    again: Callable[[], object]
    inverse: Callable[[], object]


class UndoStack(QObject):
    """Steps that were done and undone; `changed` whenever a name or the possibility changes."""

    changed = Signal()
    done = Signal(object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._waiting = False
        runner.broken.connect(self._stop_waiting)

    @property
    def undo_name(self) -> Reason | None:
        """Name of the action that undo would take back."""
        return self._done[-1].name if self._done else None

    @property
    def redo_name(self) -> Reason | None:
        """Name of the action that redo would do again."""
        return self._undone[-1].name if self._undone else None

    def submit(
        self,
        step: Step,
        on_done: Callable[[Changes], None] | None = None,
        on_refused: Callable[[GantryError], None] | None = None,
    ) -> None:
        """Does a step; once stored, it can be undone."""

        def stored(changes: Changes) -> None:
            self._done = [*self._done, step][-DEPTH:]
            self._undone.clear()
            self.changed.emit()
            self.done.emit(step)
            if on_done is not None and is_alive(on_done):
                on_done(changes)

        self._runner.submit(step.again(), stored, on_refused)

    def undo(self) -> None:
        """Takes the newest step back; does nothing while another undo is under way."""
        self._move(self._done, self._undone, lambda step: step.inverse())

    def redo(self) -> None:
        """Does the step undone last again."""
        self._move(self._undone, self._done, lambda step: step.again())

    def clear(self) -> None:
        """Forgets everything, for instance when another project is chosen."""
        self._done.clear()
        self._undone.clear()
        self.changed.emit()

    def _stop_waiting(self) -> None:
        self._waiting = False

    def _move(
        self, source: list[Step], target: list[Step], command: Callable[[Step], object]
    ) -> None:
        if not source or self._waiting:
            return
        step = source[-1]
        self._waiting = True

        def moved(_changes: Changes) -> None:
            self._waiting = False
            if source and source[-1] is step:
                source.pop()
                target.append(step)
            self.changed.emit()

        def refused(error: GantryError) -> None:
            # What the rules no longer allow would be refused for ever: it leaves the stack.
            self._waiting = False
            if step in source:
                source.remove(step)
            self.changed.emit()
            self._runner.refused.emit(error)

        self._runner.submit(command(step), moved, refused)
