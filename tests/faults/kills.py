"""Kills everything at random, again and again: `python -m tests.faults.kills --kills 1000`.

Prints one JSON object: kills by what was killed, commands promised, lost, doubled, and everything
else that is not as it must be.
"""

import argparse
import json
import logging
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import text

from tests.faults import invariants
from tests.faults.own_server import FAST
from tests.faults.reading import desk_state, rows_for, server_state
from tests.faults.town import Town

# Of a hundred blows; the last two end no process and are counted apart.
WEIGHTS: Mapping[str, int] = {
    "desk": 50,
    "worker": 16,
    "backend": 12,
    "postmaster": 10,
    "stopped_worker": 4,
    "cut_line": 8,
}
DESKS: Mapping[str, bool] = {"anna": False, "boris": False, "chen": True}
NOT_KILLED = frozenset({"stopped_worker", "cut_line"})


@dataclass
class Report:
    """What a run of kills came to."""

    seed: int
    kills: int = 0
    blows: dict[str, int] = field(default_factory=dict)
    promised: int = 0
    lost: int = 0
    doubled: int = 0
    commands: int = 0
    states: dict[str, int] = field(default_factory=dict)
    terms: int = 0
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0


def run(
    folder: Path,
    kills: int,
    seed: int,
    *,
    desks: Mapping[str, bool] = DESKS,
    weights: Mapping[str, int] = WEIGHTS,
    settings: Mapping[str, str] = FAST,
    tell: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Kills until it was often enough, lets everything heal, and looks what is there."""
    report = Report(seed)
    began = time.monotonic()
    # What is struck does not depend on how long it took to strike before.
    chance = Random(seed)
    town = Town(folder, Random(-seed), desks=desks, settings=settings)
    try:
        names, shares = list(weights), list(weights.values())
        while report.kills < kills:
            blow = _strike(town, chance.choices(names, shares)[0], chance)
            report.blows[blow] = report.blows.get(blow, 0) + 1
            report.kills += blow not in NOT_KILLED
            report.seconds = time.monotonic() - began
            tell(report)
        town.settle()
        _judge(town, report)
    finally:
        town.close()
    report.seconds = round(time.monotonic() - began, 1)
    return report


def _strike(town: Town, blow: str, chance: Random) -> str:
    """What was struck."""
    if blow == "desk":
        seat = chance.choice(town.seats)
        town.kill_desk(seat)
        return "window" if seat.window else "desk"
    acts: Mapping[str, Callable[[], None]] = {
        "worker": town.kill_worker,
        "backend": town.kill_backend,
        "postmaster": town.kill_postmaster,
        "stopped_worker": town.stop_worker,
        "cut_line": town.cut_line,
    }
    acts[blow]()
    return blow


def _judge(town: Town, report: Report) -> None:
    state = server_state(town.server.admin)
    with town.server.admin.connect() as connection:
        versions = connection.execute(text("select sum(row_version - 1) from project")).scalar_one()
    saved = frozenset(town.saved)
    applied = [
        asked
        for asked, decided in state.in_order
        if asked.kind == "projects.edit" and decided == "applied"
    ]
    report.promised = len(saved)
    report.lost = len(saved - state.state_of.keys())
    # Every applied edit of a project moves its row on by one version, and nothing else does.
    report.doubled = versions - len(applied)
    report.commands = len(state.inbox)
    report.states = dict(Counter(state.state_of.values()))
    report.terms = len({entry.epoch for entry in state.audit})
    report.findings = invariants.of_server(state) + invariants.saved_ends(saved, state)
    for desk in town.desks:
        theirs = rows_for(town.server.engine_as(desk.profile.login))
        report.findings += invariants.after_healing(desk_state(desk), theirs)


def main() -> int:
    """0 if nothing was lost, doubled or otherwise wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    logging.disable(logging.CRITICAL)

    def tell(report: Report) -> None:
        if report.kills % 25 == 0:
            print(json.dumps(asdict(report)), file=sys.stderr, flush=True)  # noqa: T201

    with tempfile.TemporaryDirectory() as folder:
        # As the program sets PostgreSQL up: every commit waits for the disk.
        report = run(Path(folder), chosen.kills, chosen.seed, settings={}, tell=tell)
    print(json.dumps(asdict(report), ensure_ascii=False))  # noqa: T201
    return 1 if report.lost or report.doubled or report.findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
