"""Lags by what they count."""

import pytest

from app.core.schedule.network import LagKind
from app.ui.pages.schedule.link_lags import lag_of, lag_words
from tests.services.schedule.site import DAY
from tests.ui.pages.schedule.plans import picture, task

ROW = task("土方", 4)
CLOCKS = picture([ROW]).clocks


@pytest.mark.parametrize(
    ("kind", "lag", "words"),
    [
        (LagKind.WORKING, 2 * DAY, "+2"),
        (LagKind.WORKING, -720, "-1.5"),
        (LagKind.ELAPSED, 2880, "+2"),
        (LagKind.PERCENT, 50, "+50%"),
        (LagKind.PERCENT, -25, "-25%"),
        (LagKind.WORKING, 0, ""),
        (LagKind.PERCENT, 0, ""),
    ],
)
def test_words_and_back(kind: LagKind, lag: int, words: str) -> None:
    assert lag_words(lag, kind, ROW.values, CLOCKS) == words
    assert lag_of(words, kind, ROW.values, CLOCKS) == lag


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(LagKind.WORKING, "later"), (LagKind.PERCENT, "half"), (LagKind.PERCENT, "2000%")],
)
def test_what_cannot_be_meant(kind: LagKind, typed: str) -> None:
    with pytest.raises(ValueError):
        lag_of(typed, kind, ROW.values, CLOCKS)


def test_a_week_has_the_days_that_are_worked() -> None:
    assert lag_of("1w", LagKind.WORKING, ROW.values, CLOCKS) == 6 * DAY
    assert lag_of("1w", LagKind.ELAPSED, ROW.values, CLOCKS) == 7 * 1440
