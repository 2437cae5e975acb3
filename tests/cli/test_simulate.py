"""The simulation by the command line: figures for machines, a seed again for people."""

import json
from argparse import Namespace

import pytest

from app.cli import simulate
from app.cli.main import main
from app.core.errors import EnvironmentFault


def test_figures_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--seeds", "2", "--no-mutants", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said.keys() == {"seeds", "steps", "failures", "seconds", "mutants"}
    assert (said["seeds"], said["failures"], said["mutants"]) == (2, {}, {})
    assert said["steps"] > 100


def test_figures_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--seeds", "1", "--no-mutants"]) == 0
    assert "1 " in capsys.readouterr().out


def test_a_seed_is_told_again(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--seed", "3"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[-1] == "every invariant held"
    assert any("saved" in line for line in lines)


def test_a_failure_is_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.simulation import run

    broken = run.Summary(1, 60, {7: "promised: gone"}, 0.5, {"no_lease": 0})
    monkeypatch.setattr(run, "simulate", lambda *_: broken)
    assert main(["simulate", "--seeds", "1"]) == 1
    assert "promised: gone" in capsys.readouterr().out


def test_without_the_source_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulate, "_has_simulation", lambda: False)
    with pytest.raises(EnvironmentFault) as fault:
        simulate.run(Namespace(seed=None))
    assert fault.value.reason.text_id == "cli.simulate.needs_source"
