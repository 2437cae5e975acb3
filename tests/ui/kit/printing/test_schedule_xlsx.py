"""Exported workbooks, read back."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.core.errors import EnvironmentFault
from app.texts import Language
from app.ui.kit.printing.schedule_xlsx import export_schedule_xlsx, safe_words
from tests.ui.kit.gantt.sample_plan import sample_rows


def sheet_of(path: Path) -> Worksheet:
    sheet = load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    return sheet


def exported(path: Path, language: Language = "zh_CN") -> list[tuple[object, ...]]:
    export_schedule_xlsx(sample_rows(language), path, language)
    return list(sheet_of(path).iter_rows(values_only=True))


def test_rows_come_out_with_real_dates_and_numbers(tmp_path: Path) -> None:
    lines = exported(tmp_path / "plan.xlsx")
    assert len(lines) == 41
    assert lines[0][:4] == ("编码", "名称", "状态", "工期")
    task = lines[14]
    assert task[:2] == ("1.3.1", "一至三层结构")
    assert task[3:8] == (15, *(datetime.fromisoformat(f"2026-04-{d}") for d in ("02", "23")), 0, 0)
    assert task[8] == "是"
    assert task[11] == "1.2.2 FS"
    assert lines[17][5] == datetime.fromisoformat("2026-05-25")
    assert exported(tmp_path / "en.xlsx", language="en")[0][1] == "Name"


def test_the_tree_is_an_outline_under_a_frozen_heading(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    exported(path)
    sheet = sheet_of(path)
    assert sheet.freeze_panes == "C2"
    assert [sheet.row_dimensions[row].outlineLevel for row in (2, 3, 4)] == [0, 1, 2]
    outline = sheet.sheet_properties.outlinePr
    assert outline is not None
    assert outline.summaryBelow is False
    assert sheet["A1"].font.bold
    assert sheet["E15"].number_format == "yyyy-mm-dd"
    assert sheet["A2"].font.bold
    assert not sheet["A15"].font.bold


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_becomes_a_formula(tmp_path: Path, start: str) -> None:
    evil = f"{start}cmd|' /c calc'!A0"
    rows = sample_rows()
    hostile = replace(rows, names=(evil, *rows.names[1:]), codes=(evil, *rows.codes[1:]))
    path = tmp_path / "plan.xlsx"
    export_schedule_xlsx(hostile, path)
    sheet = sheet_of(path)
    for cell in (sheet["A2"], sheet["B2"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
        assert str(cell.value).strip() == evil.strip()


def test_control_characters_and_endless_words_are_cut() -> None:
    assert safe_words("a\x00b\x0bc") == "abc"
    assert len(safe_words("x" * 100_000)) == 32_000
    assert safe_words("土方开挖") == "土方开挖"


def test_a_place_that_cannot_be_written_is_nobodys_bug(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        export_schedule_xlsx(sample_rows(), tmp_path / "nowhere" / "plan.xlsx")
    blocked = tmp_path / "folder.xlsx"
    (blocked / "full").mkdir(parents=True)
    with pytest.raises(EnvironmentFault):
        export_schedule_xlsx(sample_rows(), blocked)
    assert list(tmp_path.iterdir()) == [blocked]
