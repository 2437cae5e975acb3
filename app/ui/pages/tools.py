"""What pages need besides the kit; made where the program is put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from app.core.errors import Reason
from app.core.ledger import Account
from app.services.schedule.calendars import DayOf
from app.services.schedule.imports import ImportSchedule
from app.services.waiting import WaitingCommand


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """What is worth knowing of this desk. `files` are (name, bytes) of its own files."""

    server: str
    database: str
    device_id: UUID
    is_connected: bool
    data_as_of: datetime | None
    program_version: str
    folder: Path
    files: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DeskCheck:
    """One thing that was checked; `is_sound` is whether Gantry can do its work with it."""

    is_sound: bool
    said: Reason
    advice: Reason | None = None


@dataclass(frozen=True, slots=True)
class DeskDoors:
    """Doors to the desk: `facts` and `checks` on worker threads, `sign_out` on the window's."""

    facts: Callable[[], DeskFacts]
    checks: Callable[[], tuple[DeskCheck, ...]]
    sign_out: Callable[[], None]


@dataclass(frozen=True, slots=True)
class PageTools:
    """Doors to what pages may not import. All may be called on worker threads only, but `new_id`.

    `read_schedule` turns a file into the command that fills a project (InputRejected with all
    findings); `holidays` gives the official days off and make-up workdays from one year to another;
    `waiting` lists the own commands that are not settled, `dismiss` puts a refused one away,
    `issue_again` sends one again as a new command; `retry_link` connects now. `desk` is what the
    settings page shows of this computer. `device_mark` is four characters of this desk's device for
    provisional numbers, `accounts` the names of accounts.
    """

    login: str
    new_id: Callable[[], UUID]
    site_now: Callable[[], datetime]
    today: Callable[[], date]
    read_schedule: Callable[[Path, UUID], ImportSchedule]
    holidays: Callable[[int, int], tuple[DayOf, ...]]
    waiting: Callable[[], list[WaitingCommand]]
    dismiss: Callable[[UUID], None]
    issue_again: Callable[[UUID], None]
    retry_link: Callable[[], None]
    desk: DeskDoors | None = None
    device_mark: Callable[[], str] = lambda: "0000"
    accounts: Callable[[], tuple[Account, ...]] = tuple
