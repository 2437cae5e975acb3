"""A desk of the simulation: the real desk on a disk, a clock and a line of its own."""

import shutil
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.core.errors import EnvironmentFault, Refused
from app.services.bus import PARTS
from app.services.commands import Command
from app.services.tx import Clash
from app.sync.ballast import BALLAST_BYTES
from app.sync.clock import Chance
from app.sync.desk import Desk
from app.sync.faults import is_disk_fault
from app.sync.gate import GaveWay, WriteGate
from app.sync.keys import CACHE_KEY, OUTBOX_KEY, GivenKeys
from app.sync.outbox_copy import copy_outbox
from app.sync.profile import Profile
from app.sync.store import DeskStore
from app.sync.wire import LinkLost, PushRejected, ServerPort
from tests.simulation import acts
from tests.simulation.disk import Killed, SimDisk, Violation
from tests.simulation.port import Line, SimPort
from tests.simulation.surroundings import SimChance, SimClock

if TYPE_CHECKING:
    from tests.simulation.world import World

KEYS = {CACHE_KEY: "ab" * 32, OUTBOX_KEY: "cd" * 32}


class SimGate(WriteGate):
    """Lets a person save in the middle of a rebase, where it asks whether somebody waits."""

    def __init__(self, chance: Callable[[], bool], edit: Callable[[], None]) -> None:
        super().__init__()
        self._chance = chance
        self._edit = edit

    def give_way(self) -> None:
        """GaveWay by chance: a person saves as soon as the rebase is taken back."""
        if self._chance():
            raise GaveWay

    def wait_for_quiet(self) -> None:
        """The edit that the rebase gave way to."""
        self._edit()

    def let_edits_by(self) -> bool:
        """An edit beside the replay, by chance."""
        if self._chance():
            self._edit()
        return True


class SimDesk:
    """One profile folder and, while the program runs, the desk on it."""

    def __init__(self, world: "World", name: str, login: str, folder: Path) -> None:
        self.world = world
        self.name = name
        self.login = login
        self.folder = folder
        self.random: Random = world.random
        self.clock = SimClock(world.time)
        self.chance: Chance = SimChance(world.random)
        self.line = Line(self._pause, self._lose, self._later)
        self.disk = SimDisk(folder)
        self.store: DeskStore | None = None
        self.desk: Desk | None = None
        self.linking = False
        self.writing = False
        self.saved: list[UUID] = []
        self.retired = False
        self.touched = True
        """Whether anything happened to it since the invariants were looked at."""

    # -- the program

    def start(self) -> None:
        """Opens the desk, as after a restart of the computer."""
        self.disk = SimDisk(self.folder)
        ballast = self.folder / "ballast"
        if not ballast.exists():
            with ballast.open("wb") as file:
                file.truncate(BALLAST_BYTES)
        self._guarded(self._open)

    def _open(self) -> None:
        profile = Profile(
            folder=self.folder,
            profile_id=UUID(int=1),
            login=self.login,
            hosts=("127.0.0.1",),
            sslmode="disable",
        )
        gate = SimGate(
            lambda: self.world.stormy and self.random.random() < 0.1, lambda: self.save_something()
        )
        self.store = DeskStore(
            profile,
            GivenKeys(KEYS),
            self.clock,
            self.chance,
            self._connect,
            disk=self.disk,
            gate=gate,
        )
        self.desk = Desk(self.store, self.clock, self.chance)
        self.store.link.begin()

    def _connect(self) -> ServerPort:
        return SimPort(self.world.store, self.login, self.line)

    def stop(self) -> None:
        """Closes the desk as a person does."""
        desk, self.desk = self.desk, None
        if desk is not None:
            self._guarded(desk.close)
        self.store = None

    def crash(self) -> None:
        """The process is gone."""
        self.disk.let_go()
        store, self.store, self.desk = self.store, None, None
        if store is not None:
            with suppress(BaseException):
                store.link.close()
            with suppress(BaseException):
                store._close.close()
        self._free_lock()
        self.world.say(f"{self.name} killed")

    def _free_lock(self) -> None:
        # Of the process that is gone in the simulation, and not in truth.
        for name in ("profile.lock", "profile.pid"):
            (self.folder / name).unlink(missing_ok=True)

    def _guarded(self, work: Callable[[], Any]) -> Any:
        disk = self.disk
        self.touched = True
        try:
            return work()
        except Violation:
            raise
        except BaseException:
            # A process that is gone says nothing of what else fails in it.
            if not disk.dead:
                raise
            if disk is self.disk:
                self.crash()
        return None

    # -- what a person and the link do

    def save_something(self) -> None:
        """A person saves an edit, or is told why not."""
        self.save(None)

    def save(self, act: acts.Act | None) -> None:
        """A person does this, or anything."""
        if self.desk is None or self.writing:
            return
        self.writing = True
        try:
            self._guarded(lambda: self._save(act))
        finally:
            self.writing = False

    def _save(self, act: acts.Act | None) -> None:
        desk = self.desk
        assert desk is not None
        try:
            with desk.read() as session:
                theme = self.world.theme
                command = acts.next_command(self.random, session, desk.new_id, theme, act)
            if command is not None:
                self._execute(desk, command)
        except (Refused, Clash, EnvironmentFault) as error:
            self.world.say(f"{self.name} told {error.reason.text_id}")

    def _execute(self, desk: Desk, command: Command) -> None:
        if PARTS[command.KIND].online_only:
            op_id = desk.execute_online(command, 0.0).op_id
        else:
            op_id = desk.execute(command).op_id
        self.saved.append(op_id)
        self.world.promise(self, op_id, command)

    def turn(self) -> None:
        """The link does what is due."""
        if self.store is None or self.linking:
            return
        self.linking = True
        try:
            self._guarded(self._turn)
        finally:
            self.linking = False

    def _turn(self) -> None:
        """A turn as the link's thread takes it: it goes on after whatever fails."""
        assert self.store is not None
        try:
            self.store.turn()
        except Exception as error:
            if self.disk.dead:
                raise
            if not is_disk_fault(error):
                self.world.fail("desk_bug", traceback.format_exc())
            self.world.say(f"{self.name} has no room")

    def retry(self) -> None:
        """No pause any more."""
        if self.desk is not None:
            self._guarded(self.desk.retry)

    # -- the line

    def _pause(self) -> None:
        self.world.pause()
        if self.disk.dead:
            raise Killed

    def _lose(self) -> str | None:
        if not self.world.stormy:
            return None
        drawn = self.random.random()
        fates = ((0.015, "request"), (0.03, "answer"), (0.04, "late"))
        return next((fate for limit, fate in fates if drawn < limit), None)

    def _later(self, work: Callable[[], object]) -> None:
        def arrive() -> None:
            with suppress(LinkLost, PushRejected):
                work()

        self.world.travelling.append(arrive)

    # -- faults

    def clone(self, name: str, folder: Path) -> "SimDesk":
        """The folder copied to another computer, as it is while nobody writes to it."""
        self.disk.copy_to(folder)
        return SimDesk(self.world, name, self.login, folder)

    def damage_outbox(self) -> None:
        """The outbox breaks right after its daily copy was made."""
        assert self.store is not None
        copy_outbox(self.store.outbox, self.folder)
        self.crash()
        self.disk.damage("outbox.db", self.random.random())

    def lose_power(self) -> None:
        """The process is gone, and what was not written through may be, too."""
        self.crash()
        self.disk.forget_since(
            self.random.choice((("cache.db",), ("stage.db",), ("cache.db", "stage.db")))
        )

    def remove(self) -> None:
        """Takes the files away."""
        shutil.rmtree(self.folder, ignore_errors=True)
