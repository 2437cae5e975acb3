import os
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from installer import byte_code


def _module(folder: Path, name: str, text: str = "x = 1\n") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _compiled(source: Path) -> Path:
    return Path(cache_from_source(str(source)))


@pytest.fixture(autouse=True)
def beside_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine where Python may not write byte code by itself."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def test_packages_are_compiled_whatever_one_of_them_holds(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sound = _module(tmp_path / "包" / "deeper", "sound.py")
    _module(tmp_path / "包", "template.py", "def {{ name }}(:\n")
    warned = _module(tmp_path / "包", "warned.py", "x = '\\d'\n")
    byte_code.compile_packages(Path(sys.executable), tmp_path, os.environ)
    assert _compiled(sound).is_file()
    assert _compiled(warned).is_file()
    assert capfd.readouterr() == ("", "")


def test_packages_are_not_compiled_by_a_python_that_is_not_there(tmp_path: Path) -> None:
    sound = _module(tmp_path, "sound.py")
    byte_code.compile_packages(tmp_path / "no python", tmp_path, os.environ)
    assert not _compiled(sound).exists()


def test_only_what_changed_in_the_program_is_compiled(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    changing = _module(tmp_path / "app" / "core", "changing.py")
    staying = _module(tmp_path / "app", "staying.py")
    elsewhere = _module(tmp_path / "build", "elsewhere.py")
    byte_code.compile_program(tmp_path)
    first = {path: _compiled(path).stat().st_mtime_ns for path in (changing, staying)}

    _module(tmp_path / "app" / "core", "changing.py", "x = 'longer than before'\n")
    # Changes are told by whole seconds.
    os.utime(changing, (1, 1))
    _module(tmp_path / "app", "broken.py", "def (:\n")
    byte_code.compile_program(tmp_path)
    assert _compiled(changing).stat().st_mtime_ns != first[changing]
    assert _compiled(staying).stat().st_mtime_ns == first[staying]
    assert not _compiled(elsewhere).exists()
    assert capfd.readouterr() == ("", "")


def test_a_program_that_cannot_be_written_to_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _module(tmp_path / "app", "sound.py")
    # Rights do not hold the root account back, under which these tests may run.
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda *_: False)
        byte_code.compile_program(tmp_path)
    assert not _compiled(source).exists()
    # A file where the folder of the byte code should be made.
    (tmp_path / "app" / "__pycache__").write_text("", encoding="utf-8")
    byte_code.compile_program(tmp_path)
    byte_code.compile_program(tmp_path / "no such folder")
