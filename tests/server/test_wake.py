"""Desks are woken five times a second at most, and always after the last change."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.server.wake import INTERVAL_SECONDS, Wake


@given(st.lists(st.tuples(st.floats(0, 0.5), st.booleans()), max_size=60))
def test_never_too_often_and_never_forgotten(steps: list[tuple[float, bool]]) -> None:
    now = 100.0
    sent: list[float] = []
    last_change = None
    wake = Wake(lambda: now)
    for pause, changes in [*steps, (INTERVAL_SECONDS, False)]:
        now += pause
        if changes:
            wake.changed()
            last_change = now
        if wake.owed and wake.wait_seconds() == 0:
            wake.sent()
            sent.append(now)
    assert all(later - earlier >= INTERVAL_SECONDS - 1e-9 for earlier, later in pairwise(sent))
    assert last_change is None or sent[-1] >= last_change
