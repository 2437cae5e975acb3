from pathlib import Path

import pytest

from installer import commands, environment
from installer.environment import Environment


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that counts as installed; its programs write down how they were called."""
    monkeypatch.setattr(environment, "ensure", lambda *_, **__: False)
    programs = Environment(tmp_path).programs
    programs.mkdir(parents=True)
    return tmp_path


def _program(root: Path, name: str, text: str) -> None:
    path = Environment(root).programs / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize("words", [[], ["fly"], ["install", "--no-such-option"]])
def test_an_unknown_command_tells_the_usage(
    root: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(words, root) == 2
    said = capsys.readouterr()
    assert "install | demo" in said.out + said.err


def test_install_says_that_nothing_is_to_be_done(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["install", "--window"], root) == 0
    assert "没有要做的事" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("none", 0),
        ("ruff", 1),
        ("--check", 1),
        ("mypy", 1),
        ("lint-imports", 1),
        ("pytest", 5),
    ],
)
def test_all_checks_run_then_the_tests_and_any_failure_counts(
    root: Path, capfd: pytest.CaptureFixture[str], broken: str, code: int
) -> None:
    _program(root, "python", f'echo "ran $*"\ncase "$*" in *"{broken}"*) exit 5;; esac')
    _program(root, "lint-imports", f'echo "ran lint-imports"\ntest {broken} != lint-imports')
    assert commands.main(["test", "tests/core", "-x"], root) == code
    said = capfd.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("ran")] == [
        "ran -m ruff check .",
        "ran -m ruff format --check .",
        "ran -m mypy",
        "ran lint-imports",
        "ran -m pytest -n 2 tests/core -x",
    ]
    assert said.rstrip().endswith("ran -m pytest -n 2 tests/core -x")
    assert ("未通过" in said) == (broken not in {"none", "pytest"})


def test_tests_run_without_a_screen_and_the_number_of_workers_can_be_chosen(
    root: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    _program(root, "python", 'echo "$QT_QPA_PLATFORM $*"')
    _program(root, "lint-imports", "exit 0")
    assert commands.main(["test", "-n0", "--window"], root) == 0
    assert "offscreen -m pytest -n0\n" in capfd.readouterr().out
