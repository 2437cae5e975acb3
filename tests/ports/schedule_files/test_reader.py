from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault
from app.ports.schedule_files.faults import Limits
from app.ports.schedule_files.imported import SourceFormat
from app.ports.schedule_files.reader import read_schedule
from tests.ports.schedule_files.findings import refused_file
from tests.ports.schedule_files.samples import mspdi_text, xer_text


@pytest.mark.parametrize(
    ("text", "source"), [(xer_text(), SourceFormat.XER), (mspdi_text(), SourceFormat.MSPDI)]
)
def test_the_content_decides_not_the_name(tmp_path: Path, text: str, source: SourceFormat) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(text, encoding="utf-8")
    assert read_schedule(path).source is source


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"", "empty_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "is_mpp"),
        (b"PK\x03\x04rest", "is_zip"),
        (b"hello", "unknown_format"),
        (b"\x81\x8d\x8f\xff", "wrong_encoding"),
        (b"\n\n", "unknown_format"),
    ],
)
def test_what_is_no_schedule_is_refused_in_words(
    tmp_path: Path, content: bytes, finding: str
) -> None:
    assert refused_file(tmp_path, content) == [("", finding)]


def test_a_file_over_the_limit_is_not_opened_further(tmp_path: Path) -> None:
    assert refused_file(tmp_path, xer_text(), Limits(file_bytes=100)) == [("", "file_too_large")]


def test_a_missing_file_is_no_fault_of_the_input(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        read_schedule(tmp_path / "none.xer")
    with pytest.raises(EnvironmentFault):
        read_schedule(tmp_path)
