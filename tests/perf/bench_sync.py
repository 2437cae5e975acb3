"""Figures of desks, server and the line between them. `python -m tests.perf.bench_sync` prints
them; `quick` behind it only shows that all of it runs."""

import sys
import tempfile
from pathlib import Path

from app.core.people import Job
from tests.perf import (
    bench_server,
    figures,
    sync_first_load,
    sync_local,
    sync_reconcile,
    sync_server,
    sync_silence,
    sync_window,
)
from tests.perf.figures import FULL, QUICK, Sizes
from tests.servers import fresh_server
from tests.sync.desks import founded_project, office

BUDGETS = figures.BUDGETS


def bench(sizes: Sizes = FULL) -> dict[str, float]:
    """Milliseconds (`_ms`) and seconds (`_s`) of what a person waits for, ratios and rates."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return {
            **_at_the_desk(folder / "desks", sizes),
            **sync_reconcile.measure(folder / "reconcile", sizes),
            **sync_window.measure(folder / "window", sizes),
            **sync_server.measure(sizes),
            **_apply(sizes),
        }


def _at_the_desk(folder: Path, sizes: Sizes) -> dict[str, float]:
    with fresh_server() as server:
        for login in ("anna", "boris"):
            server.add_person(login, login, Job.ADMINISTRATOR)
        with office(server, folder) as site:
            anna, boris = site.filled("anna"), site.filled("boris")
            project = founded_project(site, anna, boris)
            return {
                **sync_local.measure(site, anna, boris, project, sizes),
                **sync_first_load.measure(site, project, sizes),
                **(sync_silence.measure(site) if sizes.waits else {}),
            }


def _apply(sizes: Sizes) -> dict[str, float]:
    found = bench_server.bench(sizes.commands, singles=20)
    return {"apply_commands_per_s": found["commands_per_second"]}


def main() -> None:
    """Prints a line for each figure, with its budget."""
    for name, value in bench(QUICK if "quick" in sys.argv else FULL).items():
        budget = f"{BUDGETS[name]:10.2f}" if name in BUDGETS else ""
        sys.stdout.write(f"{name:34} {value:10.2f} {budget}\n")


if __name__ == "__main__":
    main()
