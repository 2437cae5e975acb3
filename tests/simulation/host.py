"""A server process of the simulation: the real worker on sessions of the simulated server."""

import threading
from contextlib import nullcontext
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from app.core.errors import Parameter, Reason
from app.server.journal import Journal
from app.server.worker import Surroundings, Worker
from tests.simulation.disk import Violation
from tests.simulation.session import Host, SimEar
from tests.simulation.surroundings import SimClock
from tests.simulation.watching import watched_parts

if TYPE_CHECKING:
    from tests.simulation.world import World


class _Told(Journal):
    """Keeps faults of the program for the invariants."""

    def __init__(self, world: "World") -> None:
        super().__init__()
        self._world = world

    def tell(self, text_id: str, **parameters: Parameter) -> None:
        self._world.say(text_id)

    def warn(self, text_id: str, **parameters: Parameter) -> None:
        self._world.say(text_id)

    def warn_reason(self, reason: Reason) -> None:
        self._world.say(reason.text_id)

    def bug(self, text_id: str, **parameters: Parameter) -> None:
        import traceback

        self._world.fail("bug", f"{text_id} {parameters}\n{traceback.format_exc()}")


class SimWorker:
    """One server process."""

    def __init__(self, world: "World", name: str) -> None:
        self.world = world
        self.name = name
        self.working = False
        self.host: Host
        self.worker: Worker
        self.start()

    def start(self) -> None:
        """A new process."""
        self.host = Host(self.world.store, self._pause)
        surroundings = Surroundings(
            self.host.engine(),
            lambda: nullcontext(SimEar()),
            SimClock(self.world.time).monotonic,
            UUID(bytes=self.world.random.randbytes(16)),
        )
        self.worker = Worker(
            "",
            parts=watched_parts(self.world),
            journal=_Told(self.world),
            surroundings=surroundings,
        )

    def _pause(self) -> None:
        if not self.world.stormy or self.world.depth > 1:
            return
        drawn = self.world.random.random()
        if drawn < 0.003:
            # Stopped in the middle of whatever it does, for longer than the server waits.
            self.world.pass_time(self.world.random.uniform(4.0, 12.0))
            self.world.nested(3)
        elif drawn < 0.03:
            self.world.nested(1)

    def turn(self) -> None:
        """What `Worker.run` does once."""
        if self.working or self.host.dead:
            return
        self.working = True
        try:
            self.worker.turn(threading.Event())
        except DBAPIError as error:
            self.world.say(f"{self.name} {type(error).__name__}")
            self.worker.forget()
        except Violation:
            raise
        except BaseException:
            # A process that is gone says nothing of what else fails in it.
            if not self._is_gone():
                raise
            self.kill()
        finally:
            self.working = False

    def _is_gone(self) -> bool:
        return self.host.dead

    def kill(self) -> None:
        """The process is gone; the server ends its sessions."""
        self.host.dead = True
        self.host.end_sessions()
        self.world.say(f"{self.name} killed")
