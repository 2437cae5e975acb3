"""Reads and writes off the window's thread."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import EnvironmentFault, GantryError, Refused
from app.services.changes import Changes
from app.ui.kit.runner import Runner
from tests.ui.desk import MemoryDesk, Put, anything


class Cleared(QLabel):
    """Can be called back with changes."""

    def clear_with(self, _changes: Changes) -> None:
        self.clear()


def held() -> tuple[Callable[[], None], threading.Event]:
    """A function that waits, and the event that lets it go on."""
    gate = threading.Event()

    def wait() -> None:
        assert gate.wait(20)

    return wait, gate


def test_a_write_runs_on_the_writer_and_answers_here(
    qtbot: QtBot, runner: Runner, desk: MemoryDesk
) -> None:
    seen: list[tuple[Changes, QThread]] = []
    with qtbot.waitSignal(runner.changed) as told:
        runner.submit(Put("a"), lambda changes: seen.append((changes, QThread.currentThread())))
    assert desk.words == ["a"]
    assert [name.rsplit("_", 1)[0] for name in desk.threads] == ["gantry-writer"]
    changes, thread = seen[0]
    assert changes.touches("word")
    assert thread == runner.thread()
    assert told.args is not None
    assert told.args[0] == changes


def test_writes_keep_their_order(qtbot: QtBot, runner: Runner, desk: MemoryDesk) -> None:
    for number in range(50):
        runner.submit(Put(str(number)))
    assert runner.writes_under_way() == 50
    qtbot.waitUntil(runner.is_idle)
    assert desk.words == [str(number) for number in range(50)]


def test_a_refusal_goes_to_its_caller(qtbot: QtBot, runner: Runner, desk: MemoryDesk) -> None:
    desk.fault = Refused("kit.fault_required")
    refused: list[GantryError] = []
    runner.submit(Put("a"), anything, refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused == [desk.fault]


def test_a_refusal_without_a_caller_is_told(qtbot: QtBot, runner: Runner, desk: MemoryDesk) -> None:
    desk.fault = EnvironmentFault("kit.fault_required")
    with qtbot.waitSignal(runner.refused) as told:
        runner.submit(Put("a"))
    assert told.args == [desk.fault]


def test_a_bug_is_logged_and_told(
    qtbot: QtBot, runner: Runner, desk: MemoryDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.fault = ZeroDivisionError("boom")
    with qtbot.waitSignal(runner.broken) as told:
        runner.submit(Put("a"))
    assert told.args == [desk.fault]
    assert "boom" in caplog.text


def test_a_query_reads_on_a_reader(qtbot: QtBot, runner: Runner, desk: MemoryDesk) -> None:
    desk.words = ["b", "a"]
    answers: list[list[str]] = []
    owner = QObject()
    runner.query(owner, lambda rows: sorted(rows), answers.append, key="sorted")
    qtbot.waitUntil(lambda: answers == [["a", "b"]])
    assert all(name.startswith("gantry-reader") for name in desk.threads)


def test_only_the_newest_answer_of_a_key_is_delivered(qtbot: QtBot, runner: Runner) -> None:
    wait, gate = held()
    owner = QObject()
    answers: list[str] = []

    def slow(_rows: object) -> str:
        wait()
        return "old"

    runner.query(owner, slow, answers.append, key="one")
    runner.query(owner, lambda _rows: "other", answers.append, key="two")
    runner.query(owner, lambda _rows: "new", answers.append, key="one")
    qtbot.waitUntil(lambda: sorted(answers) == ["new", "other"])
    gate.set()
    qtbot.waitUntil(runner.is_idle)
    assert sorted(answers) == ["new", "other"]


def test_nothing_is_delivered_to_a_deleted_widget(qtbot: QtBot, runner: Runner) -> None:
    wait, gate = held()
    parent = QWidget()
    qtbot.addWidget(parent)
    child = QLabel(parent)
    runner.query(child, lambda _rows: wait() or "late", child.setText, key="text")
    bound = Cleared(parent)
    runner.submit(Put("a", wait), bound.clear_with)
    child.deleteLater()
    bound.deleteLater()
    qtbot.waitUntil(lambda: not parent.findChildren(QLabel))
    gate.set()
    qtbot.waitUntil(runner.is_idle)


def test_a_cancelled_read_is_silent(qtbot: QtBot, runner: Runner) -> None:
    wait, gate = held()
    owner = QObject()
    answers: list[object] = []

    def fail(_rows: object) -> object:
        wait()
        raise Refused("kit.fault_required")

    runner.query(owner, fail, answers.append, key="one", on_error=answers.append)
    runner.refused.connect(answers.append)
    runner.cancel(owner)
    gate.set()
    qtbot.waitUntil(runner.is_idle)
    assert answers == []


def test_what_lasts_is_shown_until_it_ends(qtbot: QtBot, runner: Runner) -> None:
    wait, gate = held()
    shown: list[bool] = []
    runner.busy.connect(shown.append)
    runner.submit(Put("a", wait))
    qtbot.waitUntil(lambda: shown == [True])
    gate.set()
    qtbot.waitUntil(lambda: shown == [True, False])


def test_a_cancelled_read_is_no_longer_shown_as_busy(qtbot: QtBot, runner: Runner) -> None:
    wait, gate = held()
    owner = QObject()
    shown: list[bool] = []
    runner.busy.connect(shown.append)
    runner.query(owner, lambda _rows: wait(), anything, key="one")
    qtbot.waitUntil(lambda: shown == [True])
    runner.cancel()
    qtbot.waitUntil(lambda: shown == [True, False])
    gate.set()
    qtbot.waitUntil(runner.is_idle)


def test_changes_from_elsewhere_are_gathered(
    qtbot: QtBot, runner: Runner, desk: MemoryDesk
) -> None:
    told: list[Changes] = []
    runner.changed.connect(told.append)
    for table in ("task", "contract", "task"):
        desk.tell(table)
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert told[0].touches("task")
    assert told[0].touches("contract")


def test_work_needs_no_reader(qtbot: QtBot, runner: Runner, desk: MemoryDesk) -> None:
    owner = QObject()
    answers: list[int] = []
    runner.work(owner, lambda: 6 * 7, answers.append, key="sum")
    qtbot.waitUntil(lambda: answers == [42])
    assert not desk.threads


def test_shutdown_stores_what_was_submitted_and_delivers_nothing(
    qtbot: QtBot, runner: Runner, desk: MemoryDesk
) -> None:
    answers: list[object] = []
    for number in range(5):
        runner.submit(Put(str(number)), answers.append)
    runner.shutdown()
    runner.submit(Put("too late"))
    desk.tell("task")
    qtbot.wait(20)
    assert desk.words == ["0", "1", "2", "3", "4"]
    assert answers == []


def test_reads_wait_where_they_are_held_and_writes_do_not(
    qtbot: QtBot, runner: Runner, desk: MemoryDesk
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    seen: list[str] = []
    runner.hold()
    runner.query(owner, lambda _rows: "older", seen.append, key="rows")
    runner.query(owner, lambda rows: ", ".join(rows), seen.append, key="rows")
    runner.query(owner, lambda _rows: "cancelled", seen.append, key="cancelled")
    runner.cancel(owner, "cancelled")
    with qtbot.waitSignal(runner.changed):
        runner.submit(Put("a"))
    assert seen == []
    assert not runner.is_idle()
    runner.release()
    runner.release()
    qtbot.waitUntil(runner.is_idle)
    assert seen == ["a"]
    runner.query(owner, lambda _rows: "at once", seen.append, key="rows")
    qtbot.waitUntil(lambda: seen == ["a", "at once"])


def test_reads_that_are_held_end_with_the_runner(
    qtbot: QtBot, runner: Runner, desk: MemoryDesk
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    runner.hold()
    runner.query(owner, anything, anything, key="rows")
    runner.shutdown()
    runner.release()
    assert desk.threads == set()
