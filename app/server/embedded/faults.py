"""Why PostgreSQL would not start, in words for a person, read from what it wrote."""

from pathlib import Path

from app.core.errors import EnvironmentFault

# The first that fits decides.
_REASONS = (
    ("No space left on device", "server.embedded.disk_full"),
    ("There is not enough space on the disk", "server.embedded.disk_full"),
    ("Disk quota exceeded", "server.embedded.disk_full"),
    ("could not bind", "server.embedded.port_taken"),
    ("administrative permissions", "server.embedded.windows_administrator"),
    ("database files are incompatible", "server.embedded.incompatible"),
    ("wrong ownership", "server.embedded.wrong_owner"),
    ("Permission denied", "server.embedded.wrong_owner"),
    ("invalid permissions", "server.embedded.wrong_owner"),
    ("could not map anonymous shared memory", "server.embedded.no_memory"),
    ("Cannot allocate memory", "server.embedded.no_memory"),
    ("pre-existing shared memory block", "server.embedded.still_running"),
)
PORT_TAKEN = "server.embedded.port_taken"
_LINE_LENGTH = 300
# One segment of the write-ahead log does not fit any more.
_FULL_BYTES = 16 << 20


def fault_from(said: str, *, folder: Path, log: Path, free: int) -> EnvironmentFault:
    """The fault that PostgreSQL's words tell of; the words themselves when they are unknown.

    `free` is what the disk has left, in bytes: on a full one PostgreSQL may fail in any words.
    """
    if free < _FULL_BYTES:
        return EnvironmentFault("server.embedded.disk_full", folder=str(folder), log=str(log))
    for words, text_id in _REASONS:
        if words in said:
            return EnvironmentFault(text_id, folder=str(folder), log=str(log))
    return EnvironmentFault(
        "server.embedded.start_failed", reason=_telling_line(said), log=str(log)
    )


def _telling_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    for mark in ("PANIC:", "FATAL:", "error:", "ERROR:"):
        for line in reversed(lines):
            if mark in line:
                return line[line.index(mark) :][:_LINE_LENGTH]
    return lines[-1][:_LINE_LENGTH] if lines else "?"
