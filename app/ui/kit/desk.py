"""What the kit needs from the desk that it runs on; the real one is given at start."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from app.services.changes import Changes

# The kit hands the session on unseen; only service queries know what it is.
Reader = Any


class Desk(Protocol):
    """Reads and writes of one signed-in person. Called from worker threads only."""

    def execute(self, command: object) -> Changes:
        """Runs a command and returns what it touched. Raises Refused or EnvironmentFault."""

    def read(self) -> AbstractContextManager[Reader]:
        """A reader session for the calling thread."""

    def subscribe(self, callback: Callable[[Changes], None]) -> object:
        """Calls back, from any thread, with changes that `execute` did not return."""


class LayoutStore(Protocol):
    """Remembers how a person set up tables and windows. Small texts by key."""

    def load(self, key: str) -> str | None:
        """The text kept under a key."""

    def save(self, key: str, value: str) -> None:
        """Keeps a text under a key."""
