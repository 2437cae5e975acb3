"""Blocks as Excel puts them on the clipboard."""

from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.clipboard_block import MOST_ROWS, block_from, block_text, neutral, plain

CELL = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)


def test_a_block_from_excel() -> None:
    assert block_from('甲\t"两\n行"\r\n1\t"说 ""好"""\r\n') == [["甲", "两\n行"], ["1", '说 "好"']]


def test_empty_rows_at_the_end_are_dropped() -> None:
    assert block_from("a\tb\n\t\n\n") == [["a", "b"]]
    assert block_from("") == []


def test_a_huge_block_is_cut() -> None:
    assert len(block_from("x\n" * (MOST_ROWS + 5))) == MOST_ROWS


def test_a_cell_that_csv_refuses_is_still_read() -> None:
    assert block_from("a\t" + "x" * 200_000)[0][0] == "a"


@given(st.lists(st.lists(CELL, min_size=2, max_size=3), min_size=1, max_size=4))
def test_what_is_copied_can_be_pasted(rows: list[list[str]]) -> None:
    rows = [[*row, "end"] for row in rows]
    assert block_from(block_text(rows)) == rows


@given(st.text(max_size=60))
def test_any_text_is_a_block(copied: str) -> None:
    block_from(copied)


def test_formulas_are_neutral_and_numbers_stay() -> None:
    assert neutral("=1+1") == "'=1+1"
    assert neutral("@x") == "'@x"
    assert neutral("-3") == "-3"
    assert neutral("+2,000.5") == "+2,000.5"
    assert neutral("-3+cmd") == "'-3+cmd"
    assert block_text([["=HYPERLINK(1)", "-1层"]]) == "'=HYPERLINK(1)\t'-1层\r\n"


@given(st.text("'=+-@1层", max_size=6))
def test_no_word_is_lost_by_being_made_neutral(words: str) -> None:
    assert plain(neutral(words)) == words
    assert not neutral(words).startswith("=")
