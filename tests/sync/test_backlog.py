"""A pull waits for the answers to a deep queue, and for nothing else."""

from collections.abc import Callable

from app.sync.backlog import DEEP, LONGEST_S, STILL_S, Backlog


def never() -> int:
    raise AssertionError("the server is asked for nothing")


def left(count: int) -> Callable[[], int]:
    return lambda: count


def test_a_short_queue_is_not_asked_about() -> None:
    backlog = Backlog()
    assert backlog.wait_s(100.0, 90.0, DEEP, never) == 0
    assert backlog.wait_s(100.0, 103.0, DEEP, never) == 3


def test_a_deep_queue_is_waited_for_while_it_gets_shorter() -> None:
    backlog = Backlog()
    waits = [backlog.wait_s(n * 0.9, 0.0, 1_000, left(1_000 - n * 100)) for n in range(9)]
    assert all(0 < wait <= STILL_S for wait in waits)
    assert waits[0] > waits[-1]
    assert backlog.wait_s(9.0, 0.0, 1_000, left(DEEP)) == 0


def test_an_answered_queue_ends_the_rest_after_a_long_rebase() -> None:
    assert Backlog().wait_s(100.0, 110.0, 1_000, left(0)) == 0


def test_a_server_that_stands_still_is_not_waited_for() -> None:
    backlog = Backlog()
    assert backlog.wait_s(100.0, 0.0, 1_000, left(1_000)) > 0
    assert backlog.wait_s(100.0 + STILL_S, 0.0, 1_000, left(1_000)) == 0
    # Nor is it pulled from all the time.
    assert backlog.wait_s(102.0, 110.0, 1_000, left(1_000)) > 0


def test_the_changes_of_others_wait_no_longer_than_told() -> None:
    backlog = Backlog()
    at, queue = 0.0, 100_000
    while (wait := backlog.wait_s(at, 0.0, queue, left(queue - int(at * 10)))) > 0:
        at += min(wait, 0.5)
    assert at == LONGEST_S
