"""A company for one seed: desks, server processes, and whatever happens to them."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from app.services.commands import Command
from tests.simulation import acts, faults, invariants
from tests.simulation.desk import SimDesk
from tests.simulation.disk import Violation
from tests.simulation.host import SimWorker
from tests.simulation.money import MoneyWatch
from tests.simulation.store import ServerStore
from tests.simulation.surroundings import WorldTime
from tests.simulation.view import SimView

STEPS = 60
HEALING_ROUNDS = 120
LOGINS = ("anna", "boris", "chen")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a person was told is saved."""

    op_id: UUID
    desk: str
    login: str
    command: Command


class World:
    """Everything in it follows from the seed. `stormy`: things fail; afterwards it heals."""

    def __init__(self, seed: int, folder: Path, template: Path) -> None:
        self.seed = seed
        self.folder = folder
        self.random = Random(seed)
        self.time = WorldTime()
        self.time.seconds = 3600.0
        self.theme = self.random.choice(acts.THEMES)
        self.stormy = False
        self.depth = 0
        self.steps = 0
        self.log: list[str] = []
        self.promises: dict[UUID, Promise] = {}
        self.history: dict[str, invariants.Shown] = {}
        self.ending: list[Callable[[], None]] = []
        self.travelling: list[Callable[[], None]] = []
        self.dismissed: dict[str, list[Any]] = {}
        shutil.copytree(template, folder, dirs_exist_ok=True)
        self.store = ServerStore(folder, self.time)
        self.store.observer = self._shown  # type: ignore[attr-defined]
        self.audit = invariants.AuditWatch(self.store)
        self.money = MoneyWatch(self.store)
        self.desks = [SimDesk(self, login, login, folder / login) for login in LOGINS]
        self.workers = [SimWorker(self, f"worker{number}") for number in (1, 2)]

    # -- what happens

    def run(self, steps: int = STEPS) -> None:
        """A storm, and then the healing. Violation with what went wrong."""
        for desk in self.desks:
            desk.start()
        self.stormy = True
        for _ in range(steps):
            self.step()
            invariants.after_step(self)
        self.heal()
        invariants.at_the_end(self)

    def step(self) -> None:
        """One thing happens, and some time passes."""
        self.steps += 1
        happening = self.random.choices(faults.HAPPENINGS, faults.WEIGHTS)[0]
        happening(self)
        self.pass_time(self.random.expovariate(2.0))

    def nested(self, count: int) -> None:
        """Things that happen while somebody is in the middle of something."""
        self.depth += 1
        try:
            for _ in range(count):
                self.step()
        finally:
            self.depth -= 1

    def pause(self) -> None:
        """A network call is under way."""
        self.pass_time(0.02)
        if self.stormy and self.depth < 2 and self.random.random() < 0.12:
            self.nested(1)

    def pass_time(self, seconds: float) -> None:
        """The clocks go on, and the server's patience ends."""
        self.time.seconds += seconds
        for worker in self.workers:
            worker.host.end_idle()

    def end_connections(self) -> None:
        """The database server is gone, or another one takes its place."""
        for port in list(self.store.wakes):
            port.close()
        self.travelling.clear()
        for worker in self.workers:
            worker.host.end_sessions()

    def heal(self) -> None:
        """Everything works again; the outboxes have to drain in bounded time."""
        self.stormy = False
        for end in (*self.ending, *self.travelling):
            end()
        self.ending.clear()
        self.travelling.clear()
        for worker in self.workers:
            worker.host.cut = False
            worker.host.kill_after = None
            if worker.host.dead:
                worker.start()
        for desk in self.desks:
            desk.line.is_up = True
            desk.disk.full = False
            desk.disk.kill_after = None
            if desk.desk is None and not desk.retired:
                desk.start()
        for round_number in range(HEALING_ROUNDS):
            self._round()
            if round_number > 1 and self._is_quiet():
                return
        self.fail("drains", str({desk.name: invariants.open_of(desk) for desk in self.desks}))

    def _round(self) -> None:
        for desk in self.desks:
            desk.retry()
            for _ in range(3):
                desk.turn()
                self.pass_time(0.1)
        for worker in self.workers:
            worker.turn()
            self.pass_time(0.5)
        self.pass_time(1.0)

    def _is_quiet(self) -> bool:
        return all(
            desk.retired
            or (
                desk.desk is not None
                and not invariants.open_of(desk)
                and invariants.is_current(desk)
            )
            for desk in self.desks
        )

    # -- what is noted

    def promise(self, desk: SimDesk, op_id: UUID, command: Command) -> None:
        """A person was told that this is saved."""
        self.say(f"{desk.name} saved {op_id} {command.KIND}")
        self.promises[op_id] = Promise(op_id, desk.name, desk.login, command)

    def _shown(self, login: str, view: SimView) -> None:
        key = f"{login}|{view.snapshot}|{self.store.generation}"
        if key not in self.history:
            self.history[key] = invariants.shown(view)

    def say(self, line: str) -> None:
        """Something worth reading when a seed fails."""
        self.log.append(f"{self.time.seconds:9.2f} {line}")

    def fail(self, name: str, detail: str) -> None:
        """Violation."""
        raise Violation(name, detail)

    def close(self) -> None:
        """Ends everything."""
        self.stormy = False
        for desk in self.desks:
            if desk.desk is not None:
                desk.crash()
        self.store.close()


def played(seed: int, folder: Path, template: Path, steps: int = STEPS) -> tuple[World, Any]:
    """A seed from beginning to end; the world and the Violation, if there was one."""
    world = World(seed, folder, template)
    try:
        world.run(steps)
    except Violation as violation:
        return world, violation
    finally:
        world.close()
    return world, None
