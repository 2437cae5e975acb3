"""What goes wrong on purpose, each on a thread of its own."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from tests.blackbox.links import Line
from tests.blackbox.postgres import Cluster
from tests.blackbox.servers import COUNT, Servers

FREEZE_S: Final = 6.0
"""Longer than the server waits before another process takes over."""


class Troubles:
    """Cuts lines, kills and stops server processes, kills PostgreSQL; `stop` mends everything."""

    def __init__(
        self,
        seed: int,
        cluster: Cluster,
        servers: Servers,
        lines: Sequence[Line],
        length_s: float,
    ) -> None:
        """`length_s`: in a short run everything has to happen sooner."""
        self.kills: Counter[str] = Counter()
        self.cuts = 0
        self.silences = 0
        self.freezes = 0
        self.faults: list[str] = []
        self._cluster = cluster
        self._servers = servers
        self._lines = lines
        self._stop = threading.Event()
        self._threads = [
            self._thread(Random(f"{seed} line"), self._trouble_line, min(2.0, length_s / 5)),
            self._thread(Random(f"{seed} server"), self._trouble_server, min(10.0, length_s / 4)),
            self._thread(
                Random(f"{seed} postgres"), self._trouble_postgres, min(25.0, length_s / 3)
            ),
        ]

    def start(self) -> None:
        """Lets trouble begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends all trouble."""
        self._stop.set()
        for thread in self._threads:
            thread.join()
        for line in self._lines:
            line.mend()
        self._servers.heal()

    def _thread(
        self, rng: Random, act: Callable[[Random], None], mean_s: float
    ) -> threading.Thread:
        def run() -> None:
            while not self._stop.wait(rng.uniform(0.4, 1.6) * mean_s):
                try:
                    act(rng)
                except Exception as error:  # noqa: BLE001 - a thread's failure has to be told
                    self.faults.append(repr(error))
                    return

        return threading.Thread(target=run, daemon=True)

    def _trouble_line(self, rng: Random) -> None:
        line = rng.choice(self._lines)
        if rng.random() < 0.7:
            self.cuts += 1
            line.cut()
        else:
            self.silences += 1
            line.fall_silent()
        self._stop.wait(rng.uniform(0.0, 4.0))
        line.mend()

    def _trouble_server(self, rng: Random) -> None:
        which = rng.randrange(COUNT)
        if rng.random() < 0.5:
            self.kills["server"] += 1
            self._servers.kill(which)
            self._stop.wait(rng.uniform(0.0, 2.0))
        else:
            self.freezes += 1
            self._servers.freeze(which)
            self._stop.wait(rng.uniform(0.5, 1.5) * FREEZE_S)
            self._servers.thaw(which)
        self._servers.heal()

    def _trouble_postgres(self, rng: Random) -> None:
        self.kills["postgresql"] += 1
        self._cluster.kill(whole_family=rng.random() < 0.5)
        self._stop.wait(rng.uniform(0.0, 2.0))
        self._cluster.start()
