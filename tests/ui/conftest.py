"""Every UI test: Chinese and light at first, nothing left over, no block of the window's thread."""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from app.ui.kit.garbage import collect_due
from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.runner import Runner
from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.kit.watchdog import Watchdog
from tests.ui.desk import MemoryDesk

# CPU seconds of the window's thread: a slow or busy machine must not fail a test.
BLOCK_S = 0.25
OFFSCREEN_NOISE = "This plugin does not support"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do; that is no fault of a window."""
    for item in items:
        if "tests/ui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore(OFFSCREEN_NOISE, extend=True))


@pytest.fixture(autouse=True, scope="session")
def garbage_stays_here() -> Iterator[None]:
    """Cycles with widgets are collected between tests, never on a worker's thread."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> None:
    """Each test begins in Chinese and light."""
    theme().set_mode("light")
    theme().set_scale(1.0)
    texts().set_language("zh_CN")


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails on threads, QThreads and running QTimers that a test leaves behind."""
    before = set(threading.enumerate())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    collect_due()
    threads = [one.name for one in set(threading.enumerate()) - before if one.is_alive()]
    assert not threads, f"threads left running: {threads}"
    found = Shiboken.getAllValidWrappers()
    timers = [one for one in found if isinstance(one, QTimer) and one.isActive()]
    assert not timers, f"timers left running: {[timer.parent() for timer in timers]}"
    workers = [one for one in found if isinstance(one, QThread) and one.isRunning()]
    main = QThread.currentThread()
    assert all(one == main for one in workers), f"QThreads left running: {workers}"


@pytest.fixture(autouse=True)
def unblocked(nothing_left: None, qapp: QApplication) -> Iterator[Watchdog]:
    """Fails when handling events took the window's thread over 250 ms of CPU at a stretch."""
    dog = Watchdog(
        clock=cpu_clock_of(threading.get_ident()), counts=handles_events, limit_s=BLOCK_S
    )
    yield dog
    dog.stop()
    dog.deleteLater()
    assert not dog.blocks, f"the window was blocked:\n{dog.blocks[0].stack}"


def cpu_clock_of(thread: int) -> Callable[[], float]:
    """CPU seconds of a thread, readable from another; wall time where the system cannot say."""
    if hasattr(time, "pthread_getcpuclockid"):
        clock = time.pthread_getcpuclockid(thread)
        return lambda: time.clock_gettime(clock)
    return time.monotonic


def handles_events(frame: FrameType) -> bool:
    """Whether the event loop runs or keys are pressed; the test's own code may take time."""
    above: FrameType | None = frame
    while above is not None:
        module, name = above.f_globals.get("__name__", ""), above.f_code.co_name
        loops = module == "pytestqt.qt_compat" and name == "exec"
        types = module == "pytestqt.qtbot" and name.startswith(("key", "mouse"))
        if loops or types:
            return True
        above = above.f_back
    return False


@pytest.fixture
def desk() -> MemoryDesk:
    """A desk of plain Python lists, shared between threads."""
    return MemoryDesk()


@pytest.fixture
def runner(desk: MemoryDesk, qtbot: QtBot) -> Iterator[Runner]:
    """A runner on the desk, shut down afterwards."""
    made = Runner(desk)
    yield made
    made.shutdown()
    made.deleteLater()


@pytest.fixture
def layouts() -> MemoryLayouts:
    """A layout store for one test."""
    return MemoryLayouts()
