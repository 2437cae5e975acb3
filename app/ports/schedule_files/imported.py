"""What a schedule file yields: a network, its tree and codes, and dates to compare with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.core.errors import Reason
from app.core.schedule.network import Network


class SourceFormat(StrEnum):
    """Recognised file formats."""

    XER = "xer"
    MSPDI = "mspdi"


@dataclass(frozen=True, slots=True)
class WbsNode:
    """A node of the work breakdown structure; the root has no parent."""

    id: str
    parent_id: str | None
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ActivityCode:
    """A classification that an activity bears, such as Phase = Foundations."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class StoredDates:
    """Dates that the file's own program had computed; only for comparison. Floats in minutes."""

    early_start: datetime | None = None
    early_finish: datetime | None = None
    late_start: datetime | None = None
    late_finish: datetime | None = None
    total_float: int | None = None
    free_float: int | None = None
    critical: bool | None = None


@dataclass(frozen=True, slots=True)
class ImportedSchedule:
    """One project of a file. `facts` are worth a note to the planner but hinder nothing."""

    name: str
    source: SourceFormat
    network: Network
    wbs: tuple[WbsNode, ...] = ()
    wbs_of: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[ActivityCode, ...]] = field(default_factory=dict)
    stored: Mapping[str, StoredDates] = field(default_factory=dict)
    facts: tuple[Reason, ...] = ()
