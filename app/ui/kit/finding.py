"""What the search field finds, and where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.core.pinyin import score
from app.ui.kit.desk import Reader


@dataclass(frozen=True)
class Hit:
    """Something found. `open` runs on the window's thread when it is chosen."""

    title: str
    icon: str
    open: Callable[[], None]
    detail: str = ""
    key: str = ""


class Source(Protocol):
    """A group of things that can be found."""

    @property
    def title_id(self) -> str:
        """Text id of the group's heading."""

    def find(self, reader: Reader, wanted: str, most: int) -> Sequence[Hit]:
        """What fits, best first; the usual for an empty `wanted`. On a reader thread."""


@dataclass(frozen=True)
class NamedThings:
    """A Source over things known beforehand: pages and commands."""

    title_id: str
    things: Callable[[], Sequence[Hit]]

    def find(self, _reader: Reader, wanted: str, most: int) -> Sequence[Hit]:
        """What fits by words, pinyin or initials."""
        known = self.things()
        if not wanted:
            return known[:most]
        fits = ((score(wanted, hit.title), hit) for hit in known)
        best = sorted((pair for pair in fits if pair[0]), key=lambda pair: -pair[0])
        return [hit for _, hit in best[:most]]
