"""What an installed program loads is listed with its licence; none of it is GPL or AGPL alone."""

import ast
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
LGPL_PARTS_OF_QT = {"QtCore", "QtGui", "QtWidgets", "QtPdf", "QtPdfWidgets", "QtSvg"}


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _needed(wanted: list[str]) -> dict[str, metadata.Distribution]:
    """Every installed distribution that these requirements pull in, by normalised name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [Requirement(one) for one in wanted]
    while waiting:
        one = waiting.pop()
        if _key(one.name) in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        distribution = metadata.distribution(one.name)
        found[_key(one.name)] = distribution
        waiting += [Requirement(more) for more in distribution.requires or []]
    return found


def _said(distribution: metadata.Distribution, field: str) -> list[str]:
    return distribution.metadata.get_all(field) or []


def _licence_of(distribution: metadata.Distribution) -> str:
    """The licence expression, else the free text, else the classifiers; empty if none is named."""
    for field in ("License-Expression", "License"):
        if said := _said(distribution, field):
            return said[0]
    classifiers = _said(distribution, "Classifier")
    named = [one.rpartition("::")[2].strip() for one in classifiers if one.startswith("License ::")]
    return " / ".join(named)


def is_copyleft_alone(licence: str) -> bool:
    """Whether GPL or AGPL is the only choice that a licence leaves."""
    choices = re.split(r"\s+OR\s+", licence)
    return all(re.search(r"(?<!L)GPL|GNU (Affero )?General", choice) for choice in choices)


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED = _needed(PROJECT["dependencies"])
LISTED = {
    _key(name): licence
    for name, licence in re.findall(
        r"^\| (\S+) \| ([^|]+?) \|",
        (ROOT / "resources/docs/licences.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
}


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_it_is_listed_and_fits_a_commercial_product(name: str) -> None:
    assert name in LISTED
    installed = _licence_of(NEEDED[name])
    assert not is_copyleft_alone(installed or LISTED[name]), installed
    if _said(NEEDED[name], "License-Expression"):
        assert LISTED[name] == installed


@pytest.mark.parametrize(
    ("licence", "alone"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GPL-2.0-only OR GPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("LGPL-3.0-only OR GPL-3.0-only", False),
        ("GNU Library or Lesser General Public License (LGPL)", False),
        ("MIT", False),
    ],
)
def test_copyleft_is_told_from_the_rest(licence: str, alone: bool) -> None:
    assert is_copyleft_alone(licence) is alone


def test_only_parts_of_qt_under_lgpl_are_used() -> None:
    used = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                used |= {".".join((node.module, one.name)) for one in node.names}
            elif isinstance(node, ast.Import):
                used |= {one.name for one in node.names}
    parts = {name.split(".")[1] for name in used if name.startswith("PySide6.")}
    assert parts <= LGPL_PARTS_OF_QT
    assert "QtWidgets" in parts
