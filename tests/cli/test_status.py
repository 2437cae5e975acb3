"""`gantry status` in both languages, with and without the server."""

import pytest

from app.cli.main import main
from tests.cli.conftest import NewDesk


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "not connected · data as of - · pending 0 · refused 0 · conflicts 0"),
        ("zh_CN", "未连接"),
    ],
)
def test_a_line_for_people(
    new_desk: NewDesk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    line: str,
) -> None:
    profile = new_desk().profile
    monkeypatch.setenv("GANTRY_LANGUAGE", language)
    assert main(["status", "--profile", str(profile), "--demo-keys", "--offline"]) == 0
    assert capsys.readouterr().out.startswith(line)


def test_it_looks_at_the_link_first(new_desk: NewDesk) -> None:
    anna = new_desk()
    said = anna("status")
    assert (said["link"], said["login"], said["reason"]) == ("online", "anna", None)
    assert anna("status", "--offline")["device_id"] == said["device_id"]


def test_without_a_password_it_says_so(
    new_desk: NewDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    profile = new_desk().profile
    assert main(["status", "--profile", str(profile), "--demo-keys"]) == 0
    assert capsys.readouterr().out.startswith("wrong password")
