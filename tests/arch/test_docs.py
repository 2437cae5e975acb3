"""What the documents name is there: files, functions, commands."""

import ast
import re
from pathlib import Path

import pytest

from app.texts import words

ROOT = Path(__file__).parents[2]
ARCHITECTURE = (ROOT / "resources/docs/architecture.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "resources/docs/architecture.md")
BASES = ("", "app/", "resources/docs/", "app/models/", "resources/", "tests/")
# Made at run time, in a profile's folder.
MADE = {"profile.toml", "settings.toml"}


def _written_files(text: str) -> set[str]:
    """Paths in backticks or links that end like a file of ours."""
    marked = re.findall(r"`([^`\n]+)`", text) + re.findall(r"\]\(([^)#:]+)\)", text)
    ends = r"\w[\w./-]*\.(?:py|md|toml|json|sql|csv|png|lock)"
    return {path for words in marked for path in re.findall(rf"(?<![\w<>.]){ends}\b", words)} - MADE


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_named_exists(document: str) -> None:
    named = _written_files((ROOT / document).read_text(encoding="utf-8"))
    assert named
    missing = [path for path in named if not any((ROOT / b / path).is_file() for b in BASES)]
    assert missing == []


def test_every_room_exists() -> None:
    plan = ARCHITECTURE.partition("## Rooms")[2].partition("`__main__ | cli`")[0]
    rooms: list[str] = []
    inside = ""
    for line in plan.splitlines():
        found = re.match(r"^ {4}( {2})?(\w+/|\w+\.py)(?: +(\w+/))?", line)
        if found is None:
            continue
        nested, first, second = found.groups()
        inside = inside if nested else first
        rooms += [f"{inside if nested else ''}{one}" for one in (first, second) if one]
    assert "app/core/" in rooms
    assert "app/cli/" in rooms
    assert [room for room in rooms if not (ROOT / room).exists()] == []


def _names_in(path: Path) -> set[str]:
    """Functions, classes, methods as `Class.method`, and constants of a module."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            inner = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            found |= {f"{node.name}.{one.name}" for one in inner}
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id for one in targets if isinstance(one, ast.Name)}
    return found


def test_the_walk_names_what_there_is() -> None:
    named = re.findall(r"`((?:\w+/)+\w+\.py): ([\w.]+)`", ARCHITECTURE)
    assert len(named) >= 4
    for path, name in named:
        assert name in _names_in(ROOT / "app" / path), f"{path}: {name}"


def test_names_with_their_module_are_there() -> None:
    rooms = "core|models|services|sync|server|ports|ui"
    named = set(re.findall(rf"`((?:{rooms})(?:\.\w+)+)\b", ARCHITECTURE))
    assert named
    wrong = []
    for dotted in sorted(named - words("en").keys()):
        module, _, name = dotted.rpartition(".")
        path = ROOT / "app" / Path(*module.split(".")).with_suffix(".py")
        whole = ROOT / "app" / Path(*dotted.split("."))
        if whole.is_dir() or whole.with_suffix(".py").is_file():
            continue
        if not path.is_file() or name not in _names_in(path):
            wrong.append(dotted)
    assert wrong == []
