"""Blocks of cells through the clipboard."""

from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Reason
from app.ui.kit.clipboard_block import block_text
from app.ui.kit.gantt.cell_block import (
    MOST_CHARACTERS,
    MOST_ROWS,
    CellEdit,
    edits,
    read,
)
from app.ui.kit.gantt.columns import Column

WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), max_size=12)
CELLS = st.builds(
    lambda a, b: f"{a}{b}",
    st.sampled_from(["x", "土", 'q"', "y\tz", "u\nv", "-1层", "=A1", "'="]),
    WORDS,
)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=6))
def test_what_is_written_is_read_again(block: list[list[str]]) -> None:
    assert read(block_text(block)) == tuple(tuple(line) for line in block)


@given(st.text(max_size=200))
def test_any_clipboard_is_read_or_refused(words: str) -> None:
    assert isinstance(read(words), tuple | Reason)


def test_too_much_and_broken_blocks_are_refused() -> None:
    rows, size = read("a\n" * (MOST_ROWS + 1)), read("a" * (MOST_CHARACTERS + 1))
    assert isinstance(rows, Reason)
    assert isinstance(size, Reason)
    assert rows.text_id == size.text_id == "gantt.paste.too_large"
    broken = read('"a\tb\n')
    assert isinstance(broken, Reason)
    assert broken.text_id == "gantt.paste.broken"


def test_edits_skip_results_and_make_new_rows() -> None:
    columns = [Column.FINISH, Column.FLOAT, Column.PERCENT]
    found = edits([["a", "b", "c", "d"], ["e"]], columns, ["t1"])
    assert found == (
        CellEdit("t1", Column.FINISH, "a"),
        CellEdit("t1", Column.PERCENT, "c"),
        CellEdit(None, Column.FINISH, "e", 0),
    )
