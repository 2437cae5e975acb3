"""Rows as columns: days, subtrees, the progress line's rule."""

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.gantt.links import GanttLink
from app.ui.kit.gantt.rows import (
    GanttRow,
    RowKind,
    build_rows,
    day_of,
    finish_date,
    moment_of,
    start_date,
    subtree_ends,
)
from tests.ui.kit.gantt.sample_plan import DATA_DATE, sample_rows

DAY = date(2026, 3, 11)


def row(row_id: str, level: int = 0, **fields: object) -> GanttRow:
    known: dict[str, object] = {"start": DAY, "finish": date(2026, 3, 13), **fields}
    return GanttRow(row_id, row_id, row_id, level, **known)  # type: ignore[arg-type]


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_a_moment_survives_the_way_through_a_day_number(moment: datetime) -> None:
    assert abs((moment_of(day_of(moment)) - moment).total_seconds()) <= 0.5


def test_a_finish_at_midnight_belongs_to_the_day_before() -> None:
    assert finish_date(day_of(date(2026, 3, 13))) == date(2026, 3, 12)
    assert finish_date(day_of(date(2026, 3, 12)) + 17 / 24) == date(2026, 3, 12)
    assert start_date(day_of(DAY)) == DAY


@given(st.lists(st.integers(0, 5), max_size=60))
def test_subtree_ends_are_the_next_row_that_is_not_deeper(levels: list[int]) -> None:
    found = subtree_ends(np.array(levels, np.int16))
    for at, level in enumerate(levels):
        after = (n for n in range(at + 1, len(levels)) if levels[n] <= level)
        assert found[at] == next(after, len(levels))


def test_repeated_ids_and_unknown_link_ends_are_refused() -> None:
    with pytest.raises(ValueError, match="repeated"):
        build_rows([row("a"), row("a")])
    with pytest.raises(ValueError, match="unknown"):
        build_rows([row("a")], [GanttLink("a", "b")])


def test_extent_reaches_baselines_and_float_tails() -> None:
    rows = build_rows(
        [row("a", baseline_start=date(2026, 3, 1), late_finish=date(2026, 4, 1)), row("b")]
    )
    assert rows.extent() == (day_of(date(2026, 3, 1)), day_of(date(2026, 4, 1)))
    assert build_rows(()).extent() is None


def test_the_progress_line_touches_done_share_overdue_start_and_early_finish() -> None:
    rows = build_rows(
        [
            row("under way", percent=50.0),
            row("overdue"),
            row("done early", percent=100.0, finish=date(2026, 4, 1)),
            row("done in time", percent=100.0),
            row("later", start=date(2026, 5, 1), finish=date(2026, 5, 3)),
            row("summary", percent=50.0, kind=RowKind.SUMMARY),
        ]
    )
    line = rows.front(day_of(DATA_DATE) + 1, np.arange(len(rows), dtype=np.int32))
    start = day_of(DAY)
    assert line[:3].tolist() == [start + 1, start, day_of(date(2026, 4, 1))]
    assert np.isnan(line[3:]).all()


def test_the_sample_has_forty_rows_with_a_tree() -> None:
    rows = sample_rows()
    assert len(rows) == 40
    assert rows.has_children.sum() == 8
    assert rows.index_of("1.3.1") == 13
    assert rows.index_of("nothing") is None
