"""Real installations of a tiny project: the lock file holds nothing, so no network is needed."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import threading
import zipfile
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from installer import environment, project_link, system_packages
from installer.environment import Environment
from installer.words import Stopped

_PROJECT = """\
[project]
name = "gantry"
version = "{version}"

[project.scripts]
gantry = "app.__main__:main"
"""
_MAIN = """\
import sys

def main() -> int:
    print("|".join(sys.argv[1:]))
    return 7
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a program that prints its arguments and ends with 7; no uv on the path."""
    made = tmp_path / "龙门 $HOME 'quoted'"
    (made / "app").mkdir(parents=True)
    (made / "app" / "__init__.py").write_text("", encoding="utf-8")
    (made / "app" / "__main__.py").write_text(_MAIN, encoding="utf-8")
    (made / "pyproject.toml").write_text(_PROJECT.format(version="1.0"), encoding="utf-8")
    (made / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    monkeypatch.setattr(system_packages, "missing", lambda **_: ())
    monkeypatch.setattr(environment, "_provide_ensurepip", lambda: None)
    # pip itself takes seconds to unpack; what is tested here does not depend on it.
    monkeypatch.setattr(environment, "_install_with_pip", _without_pip)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    return made


def _without_pip(place: Environment) -> None:
    environment._make_environment(place, ["--without-pip"])


def _command(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    program = Environment(root).programs / "gantry"
    return subprocess.run(
        [program, *words], capture_output=True, text=True, encoding="utf-8", timeout=30, check=False
    )


def test_the_command_runs_from_the_source_tree_with_its_arguments_and_exit_code(
    root: Path,
) -> None:
    assert environment.ensure(root)
    ran = _command(root, "demo", "a b", "龙门", "$x")
    assert (ran.stdout, ran.stderr, ran.returncode) == ("demo|a b|龙门|$x\n", "", 7)
    known = subprocess.run(
        [
            Environment(root).python,
            "-Ic",
            "import importlib.metadata as m; print(m.version('gantry'))",
        ],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert known.stdout.strip() == "1.0"


def test_nothing_is_done_twice_until_something_changes(root: Path) -> None:
    assert environment.ensure(root)
    stamp = Environment(root).stamp
    first = stamp.stat().st_mtime_ns
    assert not environment.ensure(root)
    assert stamp.stat().st_mtime_ns == first

    (root / "pyproject.toml").write_text(_PROJECT.format(version="1.1"), encoding="utf-8")
    assert environment.ensure(root)
    assert not environment.ensure(root)
    (root / "requirements.lock").write_text("# still nothing\n", encoding="utf-8")
    assert environment.ensure(root)


def test_byte_code_is_made_of_packages_and_program_and_kept_up_to_date(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")

    def with_a_package(place: Environment) -> None:
        _without_pip(place)
        (_packages(place) / "tiny.py").write_text("x = 1\n", encoding="utf-8")

    monkeypatch.setattr(environment, "_install_with_pip", with_a_package)
    assert environment.ensure(root)
    assert list((_packages(Environment(root)) / "__pycache__").glob("tiny.*.pyc"))
    main = root / "app" / "__main__.py"
    compiled = Path(cache_from_source(str(main)))
    first = compiled.read_bytes()
    main.write_text(_MAIN + "\nanswer = 42\n", encoding="utf-8")
    # Changes are told by whole seconds.
    os.utime(main, (1, 1))
    assert not environment.ensure(root)
    assert compiled.read_bytes() != first


def _packages(place: Environment) -> Path:
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(place.folder)}))


def test_an_interrupted_installation_is_thrown_away_and_made_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(project_link, "link", interrupted)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure(root)
    place = Environment(root)
    assert place.unfinished.exists()
    assert not place.stamp.exists()
    torn = place.folder / "torn"
    torn.write_text("half a package", encoding="ascii")
    capsys.readouterr()

    assert environment.ensure(root)
    assert "上次安装没有完成" in capsys.readouterr().out
    assert not torn.exists()
    assert not place.unfinished.exists()
    assert _command(root).returncode == 7


def test_an_environment_whose_python_is_gone_is_made_anew(root: Path) -> None:
    environment.ensure(root)
    place = Environment(root)
    place.python.unlink()
    assert environment.ensure(root)
    assert _command(root).returncode == 7


def test_two_installations_at_once_give_one_sound_environment(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes: list[bool] = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(environment.ensure(root))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(outcomes) == 3
    assert capsys.readouterr().out.count("安装完成") == 1
    assert _command(root).returncode == 7


def test_too_little_space_is_told_before_anything_is_made(root: Path) -> None:
    with pytest.raises(Stopped) as raised:
        environment.ensure(root, needed_megabytes=1 << 40)
    assert "磁盘空间不足" in raised.value.words
    assert "Too little disk space" in raised.value.words
    assert not Environment(root).folder.exists()


def test_an_incomplete_source_tree_is_told(root: Path) -> None:
    (root / "requirements.lock").unlink()
    with pytest.raises(Stopped) as raised:
        environment.ensure(root)
    assert "requirements.lock" in raised.value.words


def test_system_packages_that_cannot_be_had_are_told_again_and_do_not_stop_anything(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[object] = []
    monkeypatch.setattr(system_packages, "missing", lambda **_: ("libgl1",))
    monkeypatch.setattr(system_packages, "install", tried.append)
    assert environment.ensure(root)
    assert tried == [["libgl1"]]
    capsys.readouterr()
    assert environment.ensure(root)
    assert "libgl1" in capsys.readouterr().out
    assert tried == [["libgl1"]]
    environment.ensure(root, insist=True)
    assert len(tried) == 2
    monkeypatch.setattr(system_packages, "missing", lambda **_: ())
    environment.ensure(root)
    assert not environment.ensure(root)


@pytest.mark.parametrize("home", ["/nonexistent/home", "relative"])
def test_a_home_that_cannot_be_written_is_replaced_for_children(
    root: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    monkeypatch.setenv("HOME", home)
    given = Path(environment.child_environment(root)["HOME"])
    assert given == root / "build" / "home"
    assert given.is_dir()


def test_without_a_home_children_get_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    given = environment.child_environment(root)["HOME"]
    assert Path(given).is_dir()
    monkeypatch.setenv("HOME", "")
    assert environment.child_environment(root)["HOME"] == given


def test_a_home_that_can_be_written_stays(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(root))
    assert environment.child_environment(root)["HOME"] == str(root)


def _wheel(folder: Path) -> Path:
    """A package `tiny` with one empty module."""
    path = folder / "tiny-1.0-py3-none-any.whl"
    described = "tiny-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("tiny.py", "")
        wheel.writestr(f"{described}/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        wheel.writestr(
            f"{described}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{described}/RECORD", "")
    return path


def test_pip_takes_a_package_by_its_hash_only(root: Path, tmp_path: Path) -> None:
    """With pip itself and no network."""
    place = Environment(root)
    made_by = [sys.executable, "-m", "virtualenv", "--quiet", "--app-data", str(tmp_path / "data")]
    subprocess.run([*made_by, str(place.folder)], timeout=60, check=True)
    wheel = _wheel(root)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    imports = [str(place.python), "-Ic", "import tiny"]
    for locked, taken in (("0" * 64, False), (digest, True)):
        text = f"tiny @ {wheel.as_uri()} --hash=sha256:{locked}\n"
        place.lock_file.write_text(text, encoding="utf-8")
        assert environment._install_locked(place) is taken
        assert (subprocess.run(imports, timeout=30, check=False).returncode == 0) is taken


def test_packages_that_cannot_be_installed_leave_it_unfinished(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Environment) -> None:
        raise Stopped("packages_failed")

    with monkeypatch.context() as patched:
        patched.setattr(environment, "_install_with_pip", refused)
        with pytest.raises(Stopped) as raised:
            environment.ensure(root)
    assert "软件包没有安装成功" in raised.value.words
    assert Environment(root).unfinished.exists()
    assert environment.ensure(root)
