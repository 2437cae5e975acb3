"""Every module has its test at the mirrored place, and nothing outgrows its size."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Packages, the entry point that calls one function, and migrations, which tests/models runs.
UNMIRRORED = ("app/__main__.py", "app/models/migrations/env.py", "app/models/migrations/versions/*")

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
USUAL_FUNCTION = 40
USUAL_SHARE = 0.95
MOST_METHODS = 25


def modules(room: str) -> Iterator[Path]:
    """Every Python file of a room, by its path in the project."""
    for path in sorted((ROOT / room).rglob("*.py")):
        yield path.relative_to(ROOT)


def parsed(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def what_runs_in(path: Path) -> Iterator[str]:
    """What pytest runs in a file: functions, and state machines by their TestCase."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name
        elif isinstance(node, ast.Assign):
            names = [one.id for one in node.targets if isinstance(one, ast.Name)]
            yield from (name for name in names if name.startswith("Test"))


def test_every_module_has_its_test() -> None:
    missing = []
    for path in modules("app"):
        if path.name == "__init__.py" or any(path.match(pattern) for pattern in UNMIRRORED):
            continue
        mirrored = Path("tests", *path.parts[1:-1], f"test_{path.name}")
        if not (ROOT / mirrored).exists():
            missing.append(mirrored.as_posix())
    assert missing == []


def test_every_mirrored_test_tests_something() -> None:
    hollow = [
        path.as_posix()
        for path in modules("tests")
        if path.name.startswith("test_") and not set(what_runs_in(path))
    ]
    assert hollow == []


def test_no_file_is_long() -> None:
    long = {}
    for room in ("app", "tests"):
        for path in modules(room):
            lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
            if lines > LONGEST_FILE:
                long[path.as_posix()] = lines
    assert long == {}


def test_functions_are_short() -> None:
    lengths = {
        f"{path.as_posix()}:{function.name}": lines_of(function)
        for room in ("app", "tests")
        for path in modules(room)
        for function in functions(path)
    }
    assert {name for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == set()
    usual = sum(lines < USUAL_FUNCTION for lines in lengths.values())
    assert usual / len(lengths) >= USUAL_SHARE


def test_no_class_does_everything() -> None:
    large = {}
    for room in ("app", "tests"):
        for path in modules(room):
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.ClassDef):
                    methods = sum(
                        isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)
                        for item in node.body
                    )
                    if methods > MOST_METHODS:
                        large[f"{path.as_posix()}:{node.name}"] = methods
    assert large == {}
