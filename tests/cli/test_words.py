"""The words of the command line."""

import json
from uuid import UUID

import pytest

from app.cli.words import complain, say_json, spoken, words
from app.core.errors import EnvironmentFault, Finding, InputRejected, Reason


@pytest.mark.parametrize(
    ("wanted", "locale", "language"),
    [
        ("en", "zh_CN.UTF-8", "en"),
        ("zh_CN", "en_GB.UTF-8", "zh_CN"),
        ("", "en_GB.UTF-8", "en"),
        ("fr", "zh_CN.UTF-8", "zh_CN"),
        ("", "", "zh_CN"),
    ],
)
def test_the_wish_goes_before_the_locale(
    monkeypatch: pytest.MonkeyPatch, wanted: str, locale: str, language: str
) -> None:
    monkeypatch.setenv("GANTRY_LANGUAGE", wanted)
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", locale)
    assert spoken() == language


def test_words_take_their_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")
    assert words("cli.do.applied", op_id="7") == "Applied: 7"


def test_json_is_one_line_of_plain_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    say_json({"name": "龙门\n", "id": UUID(int=7)})
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "龙门" in said
    assert json.loads(said) == {"name": "龙门\n", "id": str(UUID(int=7))}


def test_every_finding_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")
    fields = ("login", "server.port")
    findings = tuple(
        Finding(Reason("sync.profile_value", {"field": field}), field) for field in fields
    )
    complain(InputRejected(findings), as_json=False)
    first, *others = capsys.readouterr().err.splitlines()
    assert "2" in first
    assert [field in line for field, line in zip(fields, others, strict=True)] == [True, True]
    complain(InputRejected(findings), as_json=True)
    told = json.loads(capsys.readouterr().out)["error"]["findings"]
    assert [one["where"] for one in told] == list(fields)


def test_a_fault_is_told_with_its_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    complain(EnvironmentFault("cli.demo.server_failed", code=3), as_json=True)
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["id"], error["parameters"]) == ("cli.demo.server_failed", {"code": 3})
    assert "3" in error["words"]
