"""A desk in a process of its own, to be killed: `python -m tests.faults.child`.

Reads one line of JSON (profile folder, login, port, database, secrets, project, shared, seed,
window). Edits as fast as it may and prints `saved <op_id>` for each edit that it was told is saved:
through the engine alone, or through the real window, whose writer thread is given the edits by a
timer in place of a person's hands.
"""

import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from app.core.errors import EnvironmentFault, Refused
from app.services.commands import Command
from app.services.tx import Clash
from app.sync.desk import Desk, Saved
from app.sync.keys import GivenKeys
from app.sync.profile import Profile
from tests.sync.desks import edit

PAUSE_S = 0.02


class TellingDesk(Desk):
    """Says what was saved."""

    def execute(self, command: Command, *, depends_on: UUID | None = None) -> Saved:
        """Saves, and says so only then."""
        saved = super().execute(command, depends_on=depends_on)
        _say(f"saved {saved.op_id}")
        return saved


def main() -> None:
    """Runs until it is killed."""
    line = sys.stdin.readline()
    if not line:
        return
    told = json.loads(line)
    profile = Profile(
        folder=Path(told["folder"]),
        profile_id=UUID(int=1),
        login=told["login"],
        hosts=("127.0.0.1",),
        port=told["port"],
        database=told["database"],
        sslmode="disable",
    )
    keys = GivenKeys(told["secrets"])
    desk = TellingDesk.open(profile, keys)
    edits = _edits(desk, told)
    if told["window"]:
        _edit_in_window(desk, keys, edits)
    else:
        _edit(desk, edits, Random(told["seed"]))


def _edits(desk: Desk, told: dict[str, Any]) -> Iterator[Command]:
    """Edits without end, mostly of the desk's own project, some of one that all share."""
    chance = Random(told["seed"])
    number = 0
    while True:
        number += 1
        field = chance.choice(["note", "region", "address"])
        project = told["shared"] if chance.random() < 0.1 else told["project"]
        yield edit(desk, UUID(project), **{field: f"{told['login']}-{told['seed']}-{number}"})


def _edit(desk: Desk, edits: Iterator[Command], chance: Random) -> None:
    desk.start()
    _say("ready")
    rest = threading.Event()
    for command in edits:
        try:
            desk.execute(command)
        except (Refused, Clash, EnvironmentFault) as turned_down:
            _say(f"not saved {turned_down.reason.text_id}")
        rest.wait(chance.uniform(0, PAUSE_S))


def _edit_in_window(desk: Desk, keys: GivenKeys, edits: Iterator[Command]) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.sync.session_keys import SessionKeys
    from app.ui.main_window import MainWindow
    from app.ui.program.run import run_window

    hands = QTimer()
    hands.setInterval(round(PAUSE_S * 1000))

    def begin() -> None:
        tops = QApplication.topLevelWidgets()
        runner = next(one for one in tops if isinstance(one, MainWindow))._runner
        # The next edit is typed when the last one is told of as saved, or turned down.
        hands.setSingleShot(True)
        hands.timeout.connect(
            lambda: runner.submit(
                next(edits), lambda _changes: hands.start(), lambda _why: hands.start()
            )
        )
        hands.start()
        _say("ready")

    run_window(desk, SessionKeys(keys), lambda: (), ready=begin)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
