"""How a person set up a table, as JSON kept in a LayoutStore; and two such stores."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

logger = logging.getLogger(__name__)
WIDEST: Final = 2000
LARGEST_FILE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Order, widths in px, hidden columns, sorting and filters, by column key."""

    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    sorted_by: str = ""
    descending: bool = False
    filters: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """The layout as text."""
        return json.dumps(
            {
                "columns": self.columns,
                "widths": dict(self.widths),
                "hidden": sorted(self.hidden),
                "sorted_by": self.sorted_by,
                "descending": self.descending,
                "filters": dict(self.filters),
            },
            ensure_ascii=False,
        )


def layout_from(kept: str | None) -> TableLayout | None:
    """The layout of a kept text; None when there is none or it is damaged."""
    try:
        found: Any = json.loads(kept) if kept else None
        if not isinstance(found, dict):
            return None
        return TableLayout(
            tuple(str(key) for key in found["columns"]),
            {str(key): min(max(int(wide), 1), WIDEST) for key, wide in found["widths"].items()},
            frozenset(str(key) for key in found["hidden"]),
            str(found["sorted_by"]),
            bool(found["descending"]),
            {str(key): str(wanted) for key, wanted in found["filters"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


class MemoryLayouts:
    """A LayoutStore that lasts as long as the program."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def load(self, key: str) -> str | None:
        """The text kept under a key."""
        return self._kept.get(key)

    def save(self, key: str, value: str) -> None:
        """Keeps a text under a key."""
        self._kept[key] = value


class FileLayouts:
    """A LayoutStore in one small JSON file of the person. A damaged file counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = self._read()

    def load(self, key: str) -> str | None:
        """The text kept under a key."""
        return self._kept.get(key)

    def save(self, key: str, value: str) -> None:
        """Keeps a text under a key; a full disk loses the layout only."""
        if self._kept.get(key) == value:
            return
        self._kept[key] = value
        beside = self._path.with_suffix(".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._kept, ensure_ascii=False), encoding="utf-8")
            beside.replace(self._path)
        except OSError as error:
            logger.warning("the layout of tables could not be kept: %s", error)

    def _read(self) -> dict[str, str]:
        try:
            if self._path.stat().st_size > LARGEST_FILE:
                return {}
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        pairs = found.items() if isinstance(found, dict) else ()
        return {str(key): value for key, value in pairs if isinstance(value, str)}
