"""Undo and redo with the action's name."""

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import Reason, Refused
from app.ui.kit.runner import Runner
from app.ui.kit.undo import Step, UndoStack
from tests.ui.desk import MemoryDesk, Put, Take

NAME = Reason("kit.export")


def put(words: str, name: Reason = NAME) -> Step:
    return Step(name, lambda: Put(words), lambda: Take(words))


def names(stack: UndoStack) -> tuple[Reason | None, Reason | None]:
    return stack.undo_name, stack.redo_name


@pytest.fixture
def stack(runner: Runner) -> UndoStack:
    return UndoStack(runner, runner)


def test_undo_takes_back_and_redo_does_again(
    qtbot: QtBot, stack: UndoStack, desk: MemoryDesk
) -> None:
    with qtbot.waitSignal(stack.changed):
        stack.submit(put("a"))
    assert names(stack) == (NAME, None)
    with qtbot.waitSignal(stack.changed):
        stack.undo()
    assert desk.words == []
    assert names(stack) == (None, NAME)
    with qtbot.waitSignal(stack.changed):
        stack.redo()
    assert desk.words == ["a"]
    assert names(stack) == (NAME, None)


def test_a_new_action_ends_redo(qtbot: QtBot, stack: UndoStack, desk: MemoryDesk) -> None:
    for words in ("a", "b"):
        with qtbot.waitSignal(stack.changed):
            stack.submit(put(words))
        if words == "a":
            with qtbot.waitSignal(stack.changed):
                stack.undo()
    assert stack.redo_name is None
    assert desk.words == ["b"]


def test_a_refused_action_is_not_undoable(qtbot: QtBot, stack: UndoStack, desk: MemoryDesk) -> None:
    desk.fault = Refused("kit.fault_required")
    refused: list[object] = []
    stack.submit(put("a"), on_refused=refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert stack.undo_name is None


def test_a_refused_undo_leaves_the_stack_and_is_told(
    qtbot: QtBot, stack: UndoStack, runner: Runner, desk: MemoryDesk
) -> None:
    for words in ("a", "b"):
        with qtbot.waitSignal(stack.changed):
            stack.submit(put(words, Reason(words)))
    desk.fault = Refused("kit.fault_required")
    with qtbot.waitSignal(runner.refused):
        stack.undo()
    assert stack.undo_name == Reason("a")
    assert stack.redo_name is None


def test_a_second_undo_waits_for_the_first(
    qtbot: QtBot, stack: UndoStack, desk: MemoryDesk
) -> None:
    for words in ("a", "b"):
        with qtbot.waitSignal(stack.changed):
            stack.submit(put(words))
    with qtbot.waitSignal(stack.changed):
        stack.undo()
        stack.undo()
    assert desk.words == ["a"]
