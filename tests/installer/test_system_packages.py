import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer import system_packages

_ROOT = Path(__file__).parents[2]


def _program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole search path; its apt-get writes down how it is called."""
    folder = tmp_path / "bin"
    log = tmp_path / "called"
    _program(folder, "env", 'shift\nexec "$@"')
    _program(folder, "apt-get", f'echo "apt-get $*" >> "{log}"\nexit 0')
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _called(tmp_path: Path) -> list[str]:
    log = tmp_path / "called"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_root_installs_what_is_missing(
    tmp_path: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert system_packages.install(["libgl1", "fonts-noto-cjk"])
    (line,) = _called(tmp_path)
    assert line.endswith("install -y --no-install-recommends libgl1 fonts-noto-cjk")


def test_old_package_lists_are_brought_up_to_date(
    tmp_path: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    updated = tmp_path / "updated"
    _program(
        programs,
        "apt-get",
        f'echo "$*" >> "{tmp_path}/called"\n'
        f'case "$*" in *update) : > "{updated}";; *) test -e "{updated}";; esac',
    )
    assert system_packages.install(["libgl1"])
    assert [line.split()[2] for line in _called(tmp_path)] == ["install", "update", "install"]


def test_without_rights_the_line_to_run_is_told(
    tmp_path: Path,
    programs: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    _program(programs, "sudo", "exit 1")
    assert not system_packages.install(["libgl1", "libegl1"])
    said = capsys.readouterr().out
    assert said.count("sudo apt-get update && sudo apt-get install -y libgl1 libegl1") == 2
    assert _called(tmp_path) == []


def test_a_sudo_that_does_not_ask_is_used(
    tmp_path: Path, programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    _program(programs, "sudo", 'shift\nif [ "$1" = true ]; then exit 0; fi\nexec "$@"')
    assert system_packages.install(["libgl1"])
    assert len(_called(tmp_path)) == 1


def test_a_failing_installation_tells_the_line(
    programs: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    _program(programs, "apt-get", "exit 100")
    assert not system_packages.install(["libgl1"])
    assert "sudo apt-get install -y libgl1" in capfd.readouterr().out


def test_another_system_is_told_the_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not system_packages.install(["libgl1"])
    assert "libgl1" in capsys.readouterr().out
    assert system_packages.install([])


def test_libraries_are_asked_of_the_loader() -> None:
    assert system_packages.can_load("libc.so.6")
    assert not system_packages.can_load("libno-such-library.so.1")


def test_window_tests_need_more_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    more = set(system_packages.missing(window_tests=True)) - set(system_packages.missing())
    assert set(system_packages.WINDOW_TESTS.values()) <= more


def test_the_bootstrap_runs_in_any_locale_and_tells_its_usage() -> None:
    ran = subprocess.run(
        [sys.executable, _ROOT / "installer" / "bootstrap.py", "--help"],
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "POSIX"},
        timeout=30,
        check=False,
    )
    assert ran.returncode == 0
    assert "用法".encode() in ran.stdout
    assert b"Usage" in ran.stdout
