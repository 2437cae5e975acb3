"""The command finds its sub-commands, documents each, and says faults in words."""

import json
import re
from pathlib import Path

import pytest

from app.cli.main import COMMANDS, build_parser, main
from app.texts import LANGUAGES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_has_a_line_for_every_command(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GANTRY_LANGUAGE", language)
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for name in COMMANDS:
        line = re.search(rf"^ +{name}\s+(\S.*)$", said, re.MULTILINE)
        assert line is not None, name
        is_chinese = re.search("[\u4e00-\u9fff]", line[1]) is not None
        assert is_chinese is (language == "zh_CN"), line[1]


def test_every_module_of_the_room_that_adds_a_parser_is_a_command() -> None:
    found = {
        path.stem
        for path in (ROOT / "app" / "cli").glob("*.py")
        if "def add_parser(" in path.read_text(encoding="utf-8")
    }
    assert found == set(COMMANDS)


def test_only_the_wanted_command_is_loaded() -> None:
    with pytest.raises(SystemExit):
        build_parser(["bench"]).parse_args(["doctor"])


def test_a_fault_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")
    assert main(["status", "--profile", str(tmp_path), "--offline"]) == 1
    assert str(tmp_path) in capsys.readouterr().err


def test_a_fault_is_json_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--profile", str(tmp_path), "--offline", "--json"]) == 1
    fault = json.loads(capsys.readouterr().out)["error"]
    assert fault["id"] == "sync.no_profile"
    assert fault["words"]


def test_a_fault_in_the_settings_stops_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('log_level = "loud"\n', encoding="utf-8")
    monkeypatch.setenv("GANTRY_SETTINGS", str(file))
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")
    assert main(["schedule", "compute", str(tmp_path / "none.xer")]) == 1
    assert "log_level" in capsys.readouterr().err


def test_readme_lists_every_command_as_the_program_says_it() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.search("<!-- commands:begin -->\n(.*)<!-- commands:end -->", text, re.DOTALL)
    assert listed is not None
    english = json.loads((ROOT / "resources/i18n/cli.en.json").read_text(encoding="utf-8"))
    other = json.loads((ROOT / "resources/i18n/schedule_files.en.json").read_text(encoding="utf-8"))
    lines = [
        f"- `gantry {name}`: {english.get(f'cli.{name}.help') or other['schedule_files.cli_help']}"
        for name in COMMANDS
    ]
    assert [line.replace("{{", "{").replace("}}", "}") for line in lines] == (
        listed[1].strip().splitlines()
    )
