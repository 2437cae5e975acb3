"""Printed PDFs, read back: words, pages, sizes, faults."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject
from PySide6.QtCore import QBuffer, QIODevice

from app.core.errors import EnvironmentFault, Refused
from app.texts import LANGUAGES, Language
from app.ui.kit.gantt.canvas import ChartMarks
from app.ui.kit.gantt.rows import build_rows
from app.ui.kit.printing.options import PrintOptions, TitleBlock
from app.ui.kit.printing.paper import Paper
from app.ui.kit.printing.schedule_pdf import print_schedule, sheet_plan
from tests.ui.kit.gantt.sample_plan import (
    DATA_DATE,
    TODAY,
    many_rows,
    sample_calendar,
    sample_rows,
)

MM = 72 / 25.4
RADICALS = str.maketrans("⻰⻔⻚⻓⻢⻋⻅⻉", "龙门页长马车见贝")
TITLE = TitleBlock(
    "龙门建设集团有限公司", "滨河里二期", "总进度计划", DATA_DATE, "周明", "李正", "王建国", "B2"
)
OPTIONS = PrintOptions(
    calendar=sample_calendar(), marks=ChartMarks.of(DATA_DATE, TODAY), title=TITLE
)


pytestmark = pytest.mark.usefixtures("qapp")


def described(reader: PdfReader, number: int) -> DictionaryObject | None:
    """The object of a number when it describes a font."""
    entry = reader.get_object(IndirectObject(number, 0, reader))
    is_font = isinstance(entry, DictionaryObject) and entry.get("/Type") == "/FontDescriptor"
    return entry if is_font and isinstance(entry, DictionaryObject) else None


def plain(words: str) -> str:
    """Words without spaces, radicals as the characters that share their glyph.

    A font has one glyph for 页 and its radical ⻚, and Qt's PDF names the radical; NFKC undoes that
    for the Kangxi block, not for these.
    """
    return "".join(unicodedata.normalize("NFKC", words).translate(RADICALS).split())


def words_of(path: Path) -> list[str]:
    return [plain(page.extract_text()) for page in PdfReader(path).pages]


def test_a_plan_on_a3_holds_every_task_and_the_title_block(tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    report = print_schedule(sample_rows(), OPTIONS, target)
    pages = words_of(target)
    assert (report.pages, report.across, report.down) == (len(pages), 1, 2)
    everything = "".join(pages)
    for name in sample_rows().names:
        assert plain(name) in everything
    for page, words in enumerate(pages, start=1):
        assert f"第{page}页共2页" in words
        for said in ("龙门建设集团有限公司", "总进度计划", "2026-03-20", "王建国", "前锋线"):
            assert said in words
        assert "名称" in words
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A3, Paper.A2, Paper.A1])
@pytest.mark.parametrize("landscape", [True, False])
def test_pages_have_the_size_of_the_paper(tmp_path: Path, paper: Paper, landscape: bool) -> None:
    target = tmp_path / "plan.pdf"
    print_schedule(sample_rows(), replace(OPTIONS, paper=paper, landscape=landscape), target)
    for page in PdfReader(target).pages:
        size = sorted((float(page.mediabox.width), float(page.mediabox.height)))
        turned = page.mediabox.width > page.mediabox.height
        assert size == pytest.approx([mm * MM for mm in paper.value], abs=1)
        assert turned == landscape


def test_fonts_are_embedded(tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    print_schedule(sample_rows(), OPTIONS, target)
    reader = PdfReader(target)
    found = [
        entry for number in range(1, len(reader.xref[0])) if (entry := described(reader, number))
    ]
    assert found
    assert all("/FontFile2" in entry for entry in found)


def test_a_tiled_plan_repeats_headings_and_names_its_neighbours(tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    report = print_schedule(
        sample_rows(), replace(OPTIONS, paper=Paper.A4, fit_width=False), target
    )
    pages = words_of(target)
    assert report.pages == len(pages) == report.across * report.down == 6
    assert all("名称" in words for words in pages)
    assert "接第2页" in pages[0]
    assert "下接第4页" in pages[0]
    assert "接第1页" in pages[1]
    assert "土方开挖至坑底" in pages[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_device_takes_the_pdf_too(language: Language) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    print_schedule(sample_rows(language), replace(OPTIONS, language=language), buffer)
    assert bytes(buffer.data().data()).startswith(b"%PDF-")


def test_an_empty_plan_is_one_page(tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    assert print_schedule(build_rows(()), PrintOptions(), target).pages == 1
    assert len(PdfReader(target).pages) == 1


def test_fitting_uses_one_page_across_for_years_too() -> None:
    rows = many_rows(400)
    plan = sheet_plan(rows, replace(OPTIONS, paper=Paper.A4, landscape=False))
    assert plan.tiling.across == 1
    assert plan.with_year


def test_a_mountain_of_paper_is_refused_before_it_is_printed(tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    options = replace(OPTIONS, paper=Paper.A4, fit_width=False)
    with pytest.raises(Refused) as refusal:
        print_schedule(many_rows(9_000), options, target)
    assert refusal.value.reason.text_id == "printing.too_many_pages"
    assert not target.exists()


def test_a_place_that_cannot_be_written_is_nobodys_bug(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault) as fault:
        print_schedule(sample_rows(), OPTIONS, tmp_path / "nowhere" / "plan.pdf")
    assert fault.value.reason.text_id == "printing.cannot_write"
    blocked = tmp_path / "folder.pdf"
    (blocked / "full").mkdir(parents=True)
    with pytest.raises(EnvironmentFault):
        print_schedule(sample_rows(), OPTIONS, blocked)
    assert list(tmp_path.iterdir()) == [blocked]
