"""What is remembered of a table."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.layouts import WIDEST, FileLayouts, MemoryLayouts, TableLayout, layout_from

LAYOUT = TableLayout(
    ("b", "a"), {"b": 120}, frozenset({"a"}), "b", descending=True, filters={"": "钢筋"}
)


def test_a_layout_is_read_back() -> None:
    assert layout_from(LAYOUT.to_json()) == LAYOUT


@pytest.mark.parametrize(
    "kept", [None, "", "{", "[]", "{}", '{"columns": 1}', LAYOUT.to_json().replace("120", '"x"')]
)
def test_a_damaged_layout_is_none(kept: str | None) -> None:
    assert layout_from(kept) is None


def test_a_mad_width_is_cut() -> None:
    found = layout_from(LAYOUT.to_json().replace("120", "999999"))
    assert found is not None
    assert found.widths == {"b": WIDEST}


@given(st.text())
def test_any_text_is_a_layout_or_none(kept: str) -> None:
    layout_from(kept)


def test_a_file_outlives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "person" / "layouts.json"
    FileLayouts(path).save("table.a", "宽")
    assert FileLayouts(path).load("table.a") == "宽"
    assert [found.name for found in path.parent.iterdir()] == ["layouts.json"]


@pytest.mark.parametrize("kept", [b"", b"{", b"[1]", b"\xff\xfe\x00", b"null"])
def test_a_damaged_file_counts_as_empty(tmp_path: Path, kept: bytes) -> None:
    path = tmp_path / "layouts.json"
    path.write_bytes(kept)
    layouts = FileLayouts(path)
    assert layouts.load("a") is None
    layouts.save("a", "1")
    assert FileLayouts(path).load("a") == "1"


def test_a_place_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    layouts = FileLayouts(blocked / "layouts.json")
    layouts.save("a", "1")
    assert layouts.load("a") == "1"


def test_memory() -> None:
    layouts = MemoryLayouts()
    layouts.save("a", "1")
    assert (layouts.load("a"), layouts.load("b")) == ("1", None)
