import argparse
import json
from pathlib import Path

import pytest

from app.cli import schedule
from app.texts import LANGUAGES
from tests.ports.schedule_files.samples import mspdi_text, xer_text

LOOP = ("1 2 1 10 10 PR_FS 0", "2 1 2 10 10 PR_FS 0")


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    schedule.add_parser(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["schedule", "compute", *words])
    return int(arguments.run(arguments))


@pytest.fixture
def xer(tmp_path: Path) -> str:
    path = tmp_path / "plan.xer"
    path.write_text(xer_text(), encoding="utf-8")
    return str(path)


def test_json_of_an_xer_file(xer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(xer, "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["data_date"] == "2026-01-05T08:00"
    assert printed["activities"][0] == {
        "id": "A1000",
        "name": "开挖",
        "early_start": "2026-01-05T08:00",
        "early_finish": "2026-01-16T17:00",
        "late_start": "2026-01-05T08:00",
        "late_finish": "2026-01-16T17:00",
        "total_float": 0,
        "free_float": 0,
        "critical": True,
    }


def test_json_of_a_project_xml_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(mspdi_text(), encoding="utf-8")
    assert run(str(path), "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in printed["activities"]] == ["1", "2"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_for_people(xer: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(xer, "--language", language) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert "码头" in lines[0]
    assert lines[2].split("\t")[:2] == ["*A1000", "2026-01-05 08:00"]


def test_a_bad_file_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.xer"
    path.write_text(xer_text(links=LOOP), encoding="utf-8")
    assert run(str(path)) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "A1000 → A1010 → A1000" in captured.err or "A1010 → A1000 → A1010" in captured.err


def test_findings_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.xer"
    path.write_text(xer_text()[:-3], encoding="utf-8")
    assert run(str(path), "--json", "--language", "en") == 1
    (finding,) = json.loads(capsys.readouterr().err)["findings"]
    assert finding["id"] == "schedule_files.xer_truncated"
    assert "cut off" in finding["text"]


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(tmp_path / "none.xer")) == 1
    assert "none.xer" in capsys.readouterr().err
