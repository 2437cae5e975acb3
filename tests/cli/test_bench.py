"""`gantry bench` knows every benchmark and prints what it measured."""

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest

import tests
from app.cli.bench import AREAS
from app.cli.main import main
from tests.perf import bench_sync

PERF = Path(__file__).parents[1] / "perf"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Benchmarks that take no time; the areas that were asked for, in order."""
    asked: list[str] = []

    def stand_in(area: str) -> dict[str, float]:
        asked.append(area)
        return {"first": 1234.5, "second": 0.25}

    for area in AREAS:
        module = import_module(f"tests.perf.bench_{area}")
        monkeypatch.setattr(module, "bench", lambda area=area: stand_in(area))
        monkeypatch.setattr(module, "BUDGETS", {}, raising=False)
    monkeypatch.setenv("GANTRY_LANGUAGE", "en")
    return asked


def test_every_benchmark_is_an_area() -> None:
    assert {path.stem.removeprefix("bench_") for path in PERF.glob("bench_*.py")} == set(AREAS)
    for area in AREAS:
        assert callable(import_module(f"tests.perf.bench_{area}").bench)


def test_without_words_everything_is_measured(
    measured: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench"]) == 0
    assert measured == list(AREAS)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 * len(AREAS)
    assert lines[0] == "schedule · first: 1,234.50"


def test_one_area_for_machines(measured: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "sync", "--json"]) == 0
    assert measured == ["sync"]
    assert json.loads(capsys.readouterr().out) == {
        "sync": {"first": 1234.5, "second": 0.25},
        "budgets": {},
    }


def test_a_figure_stands_beside_its_budget(
    measured: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_sync, "bench", lambda: {"save_ms": 3.0, "apply_per_s": 9.0})
    monkeypatch.setattr(bench_sync, "BUDGETS", {"save_ms": 15.0, "apply_per_s": 600.0})
    assert main(["bench", "sync"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "sync · save_ms: 3.00 (at most 15.00)",
        "sync · apply_per_s: 9.00 (at least 600.00)",
    ]
    assert main(["bench", "sync", "--json"]) == 0
    budgets = json.loads(capsys.readouterr().out)["budgets"]
    assert budgets == {"sync": {"save_ms": 15.0, "apply_per_s": 600.0}}


def test_an_unknown_area_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["bench", "attic"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert all(area in said for area in AREAS)


@pytest.mark.parametrize("left", ["nothing", "tests of another project"])
def test_an_installed_program_says_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], left: str
) -> None:
    monkeypatch.delitem(sys.modules, "tests.perf", raising=False)
    if left == "nothing":
        monkeypatch.setitem(sys.modules, "tests", None)
    else:
        monkeypatch.setattr(tests, "__path__", [])
    assert main(["bench", "sync", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["id"] == "cli.bench.needs_source"
