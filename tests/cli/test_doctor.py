import argparse
import json
from pathlib import Path

import pytest

from app.cli import doctor


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    doctor.add_parser(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["doctor", *words])
    code: int = arguments.run(arguments)
    return code


def test_every_check_is_a_line_with_its_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = _run("--folder", str(tmp_path), "--language", "en")
    lines = capsys.readouterr().out.splitlines()
    checks = [line for line in lines if line.startswith("[")]
    assert len(checks) == 10
    assert "[ok] The data folder can be written: " + str(tmp_path) in checks
    assert code == (1 if any(line.startswith("[missing]") for line in checks) else 0)
    assert lines[-1].startswith("All checked:")


def test_json_tells_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="ascii")
    assert _run("--json", "--folder", str(file / "profile")) == 1
    written = json.loads(capsys.readouterr().out)
    assert written["sound"] is False
    (profile,) = [check for check in written["checks"] if check["name"] == "profile"]
    assert profile["state"] == "missing"
    assert profile["text"].startswith("数据文件夹不能写入：")
    assert profile["advice"]
