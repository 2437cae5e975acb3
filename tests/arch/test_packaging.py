"""What the program reads beside its code goes into a built wheel."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PATTERNS: list[str] = SETTINGS["tool"]["setuptools"]["package-data"]["*"]
ROOMS = [one.rstrip("*") for one in SETTINGS["tool"]["setuptools"]["packages"]["find"]["include"]]


def test_every_file_of_the_packages_is_packed() -> None:
    beside = [
        path
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    assert any(path.suffix == ".sql" for path in beside)
    assert any(path.parent.name == "i18n" for path in beside)
    left = [path for path in beside if not any(fnmatch(path.name, one) for one in PATTERNS)]
    assert left == []
