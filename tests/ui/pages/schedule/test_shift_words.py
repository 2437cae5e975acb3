"""Shifts as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.pages.schedule.shift_words import read_shifts, say_shifts


@pytest.mark.parametrize(
    ("typed", "shifts"),
    [
        ("08:00-12:00 13:00-17:00", ((480, 720), (780, 1020))),
        ("8-12，13-17", ((480, 720), (780, 1020))),
        ("0:00—24:00", ((0, 1440),)),
        ("8：30至11：45", ((510, 705),)),
        ("", ()),
    ],
)
def test_what_is_typed(typed: str, shifts: tuple[tuple[int, int], ...]) -> None:
    assert read_shifts(typed) == shifts


@pytest.mark.parametrize(
    "typed",
    ["x", "12:00-08:00", "08:00-12:00 11:00-13:00", "08:70-09:00", "08:00-25:00", "8" * 300],
)
def test_what_cannot_be_meant(typed: str) -> None:
    with pytest.raises(ValueError):
        read_shifts(typed)


@given(st.lists(st.integers(0, 1440), max_size=8, unique=True))
def test_what_is_shown_can_be_typed_again(minutes: list[int]) -> None:
    cuts = sorted(minutes)
    shifts = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    assert read_shifts(say_shifts(shifts)) == shifts
