"""What pages need besides the kit; made where the program is put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from app.services.schedule.calendars import DayOf
from app.services.schedule.imports import ImportSchedule
from app.services.waiting import WaitingCommand


@dataclass(frozen=True, slots=True)
class PageTools:
    """Doors to what pages may not import. All may be called on worker threads only, but `new_id`.

    `read_schedule` turns a file into the command that fills a project (InputRejected with all
    findings); `holidays` gives the official days off and make-up workdays from one year to another;
    `waiting` lists the own commands that are not settled, `dismiss` puts a refused one away,
    `issue_again` sends one again as a new command; `retry_link` connects now.
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
