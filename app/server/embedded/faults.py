"""Why PostgreSQL would not start, in words for a person, read from what it wrote."""

from pathlib import Path

from app.core.errors import EnvironmentFault

# The first that fits decides: a full disk also shows as a failed write.
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


def fault_from(said: str, *, folder: Path, log: Path) -> EnvironmentFault:
    """The fault that PostgreSQL's words tell of; the words themselves when they are unknown."""
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
