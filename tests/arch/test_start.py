"""What must not be loaded before it is needed: a start is a second and more otherwise."""

import subprocess
import sys

import pytest

WINDOW = (
    "app.cli.demo_windows",
    (
        *("alembic", "cryptography", "keyring", "numpy", "openpyxl", "pypinyin"),
        *("sqlalchemy.dialects.postgresql", "app.server", "app.ports.schedule_files.reader"),
        *(f"app.ui.pages.{page}.page" for page in ("home", "people", "projects", "reconcile")),
        *("app.ui.pages.schedule.page", "app.ui.pages.settings.page"),
    ),
)
DESK = (
    "app.cli.open",
    ("alembic", "numpy", "openpyxl", "pypinyin", "PySide6", "app.server.worker"),
)
DEMO = ("app.cli.demo", ("alembic", "numpy", "sqlalchemy", "PySide6"))
SERVER = ("app.cli.server", ("alembic", "numpy", "openpyxl", "pypinyin", "PySide6"))


@pytest.mark.parametrize(("module", "later"), [WINDOW, DESK, DEMO, SERVER])
def test_what_is_needed_later_is_loaded_later(module: str, later: tuple[str, ...]) -> None:
    asked = f"import sys, app.cli.main, {module}\nprint(*sys.modules, sep='\\n')"
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(told.stdout.splitlines())
    assert module in loaded
    assert loaded & set(later) == set()
