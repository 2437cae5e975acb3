"""What every command of the black box is written with: marks, ids, and a choice among rows."""

import uuid
from collections.abc import Callable, Collection, Sequence
from random import Random
from typing import Any, Protocol

Row = dict[str, Any]
Command = tuple[str, Row]
Maker = tuple[int, Callable[[], Command]]
"""How often it is chosen, and what makes the command."""


class Pen:
    """A clerk's own way to write: what comes from it comes from nobody else."""

    def __init__(self, name: str, rng: Random) -> None:
        self.name = name
        self.rng = rng
        self._count = 0

    def mark(self) -> str:
        """A text that no other command carries."""
        self._count += 1
        return f"{self.name} {self._count}"

    def id(self) -> str:
        """An id for a new row."""
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))

    def one_of(self, rows: Collection[str]) -> str:
        """Often the same row as everybody else's, so that edits meet."""
        ids = sorted(rows)
        return ids[0] if self.rng.random() < 0.4 else self.rng.choice(ids)


class Work(Protocol):
    """One field in which a clerk works, as far as the desk shows it."""

    query: str
    """What `gantry show` calls its rows."""

    def see(self, project: str, rows: Sequence[Row]) -> None:
        """What the desk shows of a project."""

    def makers(self, projects: Collection[str]) -> list[Maker]:
        """The commands that make sense now."""

    def saved(self, kind: str, payload: Row) -> None:
        """The desk took a command: from now on it shows what this one wrote."""
