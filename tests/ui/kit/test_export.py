"""Tables as xlsx."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.core.errors import EnvironmentFault
from app.ui.kit.export import Heading, write_xlsx
from tests.ui.kit.rows import COLUMNS, contract

HEADINGS = [Heading(column.key, 100) for column in COLUMNS]


def test_values_stay_values(tmp_path: Path) -> None:
    path = tmp_path / "合同.xlsx"
    rows = [contract(1, "钢筋采购", "-12.5"), contract(3, "塔吊")]
    assert write_xlsx(path, "合同 [1/2]", HEADINGS, COLUMNS, rows) == 2
    sheet = load_workbook(path).active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found[0] == [column.key for column in COLUMNS]
    assert found[1][:4] == [1, "钢筋采购", -12.5, "已逾期"]
    assert found[2][5] is None
    assert sheet.cell(2, 3).number_format.startswith("#,##0.00")
    assert str(sheet.cell(2, 6).value).startswith("2026-01-02")
    assert sheet.title == "合同  1 2 "


@pytest.mark.parametrize(
    "name",
    ["=1+1", '=HYPERLINK("http://x")', "+cmd", "-1+1|x", "@sum", "\t=1", "\n=1", "a\x00b\x1f"],
)
def test_a_name_never_runs_as_a_formula(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(path, "a", HEADINGS, COLUMNS, [contract(1, name)])
    sheet = load_workbook(path).active
    assert sheet is not None
    cell = sheet.cell(2, 2)
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == name.replace("\x00", "").replace("\x1f", "")


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as told:
        write_xlsx(tmp_path / "none" / "a.xlsx", "a", HEADINGS, COLUMNS, [])
    assert told.value.reason.text_id == "kit.export_failed"
