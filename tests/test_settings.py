"""Settings from a file and the environment."""

from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault, InputRejected
from app.settings import Settings, load_settings, settings_path


def test_nothing_given_is_the_defaults(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path / "none.toml") == Settings()
    assert Settings().profiles_folder.is_absolute()


def test_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('language = "en"\nlog_level = "debug"\n', encoding="utf-8")
    environment = {
        "GANTRY_LANGUAGE": "zh_CN",
        "GANTRY_ANSWER_SECONDS": "2.5",
        "GANTRY_PROFILES_FOLDER": str(tmp_path),
        "GANTRY_ADMIN_DSN": "host=db",
        "HOME": "/x",
        "GANTRY_LOG_LEVEL": "",
    }
    found = load_settings(environment, file)
    assert (found.language, found.log_level, found.answer_seconds) == ("zh_CN", "debug", 2.5)
    assert found.profiles_folder == tmp_path


def test_all_findings_are_told(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('langage = "en"\nlog_level = "loud"\n[section]\n', encoding="utf-8")
    environment = {
        "GANTRY_ANSWER_SECONDS": "-1",
        "GANTRY_PROFILES_FOLDER": "relative",
        "GANTRY_X": "1",
    }
    with pytest.raises(InputRejected) as raised:
        load_settings(environment, file)
    told = {(found.where, found.reason.text_id) for found in raised.value.findings}
    assert told == {
        ("settings.toml", "sync.settings.unknown"),
        ("settings.toml", "sync.settings.choice"),
        ("GANTRY_ANSWER_SECONDS", "sync.settings.seconds"),
        ("GANTRY_PROFILES_FOLDER", "sync.settings.folder"),
        ("GANTRY_X", "sync.settings.unknown"),
    }
    assert len(raised.value.findings) == 6


@pytest.mark.parametrize(
    "body",
    [
        *(b"language =", b"\xff\xfe\x00"),
        *(b"language = " + b"[" * 30_000, b"answer_seconds = " + b"1" * 5_000, b"#" * 70_000),
    ],
)
def test_a_file_that_is_no_toml(tmp_path: Path, body: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(body)
    with pytest.raises(InputRejected) as raised:
        load_settings({}, file)
    assert raised.value.findings[0].reason.text_id == "sync.settings.malformed"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault):
        load_settings({}, tmp_path)


@pytest.mark.parametrize("value", [True, [], "nan", "x", 0, 3601])
def test_unfit_seconds(tmp_path: Path, value: object) -> None:
    file = tmp_path / "settings.toml"
    shown = str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')
    file.write_text(f"answer_seconds = {shown}\n", encoding="utf-8")
    with pytest.raises(InputRejected):
        load_settings({}, file)


def test_where_the_file_is(tmp_path: Path) -> None:
    assert settings_path({"GANTRY_SETTINGS": str(tmp_path)}) == tmp_path
    assert settings_path({}).name == "settings.toml"
    assert load_settings({"GANTRY_SETTINGS": str(tmp_path / "x")}) == Settings()
