"""A stand-in for a long line: everything comes through, but late, and now and then it stalls.

`python -m tests.perf.line HOST PORT ROUND_TRIP_S STALLS SEED`, in a process of its own so that it
takes no processor time from what is measured; writes the port it listens on, and ends with its
standard input.
"""

import asyncio
import contextlib
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

STALL_S: Final = 1.0
"""How long a stalled packet takes more: as long as TCP waits before it sends one again."""

_PACKETS = 65_536
_ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def long_line(
    host: str, port: int, *, round_trip_s: float = 0.0, stalls: float = 0.0, seed: int = 1
) -> Iterator[int]:
    """A line to a server; the port of its near end. `stalls` is the share of packets that stall."""
    arguments = [host, str(port), str(round_trip_s), str(stalls), str(seed)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.perf.line", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            yield int(child.stdout.readline())
        finally:
            child.stdin.close()
            child.wait()


class _Line:
    def __init__(self, host: str, port: int, one_way_s: float, stalls: float, seed: int) -> None:
        self._far_end = (host, port)
        self._one_way_s = one_way_s
        self._stalls = stalls
        self._chance = random.Random(seed)
        self._passing: set[asyncio.Task[None]] = set()

    async def join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(*self._far_end)
        for source, sink in ((reader, far_writer), (far_reader, writer)):
            task = asyncio.ensure_future(self._pass(source, sink))
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)

    async def _pass(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.ensure_future(self._deliver(under_way, sink))
        now = asyncio.get_running_loop().time
        body = b"?"
        while body:
            try:
                body = await source.read(_PACKETS)
            except OSError:
                body = b""
            late = STALL_S if self._chance.random() < self._stalls else 0.0
            under_way.put_nowait((now() + self._one_way_s + late, body))
        await arriving

    async def _deliver(
        self, under_way: "asyncio.Queue[tuple[float, bytes]]", sink: asyncio.StreamWriter
    ) -> None:
        now = asyncio.get_running_loop().time
        with contextlib.suppress(OSError):
            while True:
                due, body = await under_way.get()
                await asyncio.sleep(max(0.0, due - now()))
                if not body:
                    break
                sink.write(body)
                await sink.drain()
        sink.close()


async def _serve(host: str, port: int, round_trip_s: float, stalls: float, seed: int) -> None:
    line = _Line(host, port, round_trip_s / 2, stalls, seed)
    server = await asyncio.start_server(line.join, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    # Standard input ends when whoever started this does.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    near, far, *rest = sys.argv[1:]
    asyncio.run(_serve(near, int(far), float(rest[0]), float(rest[1]), int(rest[2])))
