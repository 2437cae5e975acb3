"""The sub-commands of the bootstrap: install, demo, test."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from installer import environment
from installer.environment import Environment
from installer.words import Stopped, both, say

_USAGE_CODE = 2
_INTERRUPTED_CODE = 130
_WORKERS = "2"


def main(arguments: Sequence[str], root: Path) -> int:
    """Runs one sub-command and returns its exit code; says why when it cannot."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        say("usage")
        say("option")
        return 0 if arguments else _USAGE_CODE
    command, rest = arguments[0], list(arguments[1:])
    try:
        if command == "install" and set(rest) <= {"--window"}:
            return _install(root, window_tests="--window" in rest)
        if command == "demo":
            return _demo(root, rest)
        if command == "test":
            return _test(root, rest)
    except Stopped as stopped:
        print(stopped.words, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print(both("interrupted"), file=sys.stderr, flush=True)
        return _INTERRUPTED_CODE
    print(both("usage"), file=sys.stderr, flush=True)
    return _USAGE_CODE


def _install(root: Path, *, window_tests: bool) -> int:
    if not environment.ensure(root, window_tests=window_tests, insist=True):
        say("ready")
    return 0


def _demo(root: Path, arguments: Sequence[str]) -> int:
    environment.ensure(root)
    place = Environment(root)
    variables = environment.child_environment(root)
    if sys.platform == "win32":
        return _wait_for([str(place.python), "-m", "app", "demo", *arguments], variables)
    return _become([str(place.programs / "gantry"), "demo", *arguments], variables)


def _become(command: Sequence[str], variables: dict[str, str]) -> NoReturn:
    """Turns this process into the program: its exit code and Ctrl+C are then its own."""
    sys.stdout.flush()
    os.execve(command[0], list(command), variables)  # noqa: S606


def _wait_for(command: Sequence[str], variables: dict[str, str]) -> int:
    """Runs to the end; Ctrl+C reaches the program itself, which then ends in its own time."""
    with subprocess.Popen(command, env=variables) as running:
        while True:
            try:
                return running.wait()
            except KeyboardInterrupt:
                continue


def _test(root: Path, arguments: Sequence[str]) -> int:
    """All checks, then the tests, whose summary is the last line; not 0 if any of them failed."""
    environment.ensure(root, window_tests="--window" in arguments)
    place = Environment(root)
    variables = environment.child_environment(root)
    variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    python = str(place.python)
    checks = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "import-linter": [str(place.programs / "lint-imports")],
    }
    failed = [name for name, command in checks.items() if _check(root, name, command, variables)]
    if failed:
        say("checks_failed", names=", ".join(failed))
    wanted = [argument for argument in arguments if argument != "--window"]
    if not any(argument.startswith("-n") for argument in wanted):
        wanted = ["-n", _WORKERS, *wanted]
    code = _check(root, "pytest", [python, "-m", "pytest", *wanted], variables)
    return code or (1 if failed else 0)


def _check(root: Path, name: str, command: Sequence[str], variables: dict[str, str]) -> int:
    print(f"\n== {name}", flush=True)
    return subprocess.run(command, cwd=root, env=variables, check=False).returncode
