"""An edit goes first, and a rebase ends all the same."""

import threading

import pytest

from app.sync.gate import GaveWay, WriteGate


def test_one_writer_at_a_time_and_edits_first() -> None:
    gate = WriteGate()
    order: list[str] = []
    inside, waiting = threading.Event(), threading.Event()

    def edit() -> None:
        inside.wait()
        waiting.set()
        with gate.edit():
            order.append("edit")

    thread = threading.Thread(target=edit)
    thread.start()
    with gate.rebase():
        gate.give_way()
        inside.set()
        waiting.wait()
        while True:
            try:
                gate.give_way()
            except GaveWay:
                break
        order.append("rebase")
    thread.join()
    assert order == ["rebase", "edit"]


def test_quiet_is_waited_for_but_not_for_ever() -> None:
    gate = WriteGate()
    gate.wait_for_quiet()
    with gate.edit(), pytest.raises(ZeroDivisionError):
        raise ZeroDivisionError
    with gate.rebase():
        gate.give_way()
