"""The contracts of the house hold, and each of them would notice a violation."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

PLANTED = {
    "Layers import downwards only": ("core/planted.py", "from app.services import bus"),
    "Core is pure": ("core/planted.py", "import socket"),
    "Qt only in the window": ("services/people.py", "from PySide6 import QtCore"),
    "Pages know services and the kit": ("ui/pages/home/planted.py", "from app.models import base"),
    "Pages do not know each other": ("ui/pages/home/planted.py", "from app.ui.pages import people"),
    "Features of the services import downwards only": (
        "services/people.py",
        "from app.services import projects",
    ),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the import linter on a tree and returns what it said."""
    linter = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", linter, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8", "PATH": ""},
        check=False,
    )


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program that may be spoilt."""
    folder = tmp_path_factory.mktemp("house")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "app", folder / "app", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_contract_holds(tree: Path) -> None:
    said = lint(tree)
    assert said.returncode == 0, said.stdout + said.stderr
    for contract in PLANTED:
        assert f"{contract} KEPT" in said.stdout


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_violation_breaks_its_contract(tree: Path, contract: str) -> None:
    place, line = PLANTED[contract]
    spoilt = tree / "app" / place
    before = spoilt.read_text(encoding="utf-8") if spoilt.exists() else None
    spoilt.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        said = lint(tree)
    finally:
        if before is None:
            spoilt.unlink()
        else:
            spoilt.write_text(before, encoding="utf-8")
    assert said.returncode == 1
    assert f"{contract} BROKEN" in said.stdout


def test_a_new_room_must_be_placed(tree: Path) -> None:
    room = tree / "app" / "attic"
    room.mkdir()
    (room / "__init__.py").write_text("", encoding="utf-8")
    try:
        said = lint(tree)
    finally:
        shutil.rmtree(room)
    assert said.returncode == 1
    assert "attic" in said.stdout
