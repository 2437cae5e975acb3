"""States of a clash between two edits."""

from enum import StrEnum


class ConflictState(StrEnum):
    """OPEN waits for its author, RETURNED for the other person; RESOLVED is settled."""

    OPEN = "open"
    RETURNED = "returned"
    RESOLVED = "resolved"
