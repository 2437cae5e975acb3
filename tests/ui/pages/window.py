"""A window with one page on a real cache, as the program puts it together."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from app.core.errors import EnvironmentFault
from app.services.bus import PARTS
from app.services.changes import Changes
from app.services.commands import Command
from app.services.schedule.calendars import DayOf
from app.services.schedule.imports import ImportSchedule
from app.services.waiting import WaitingCommand
from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.page import Account, CurrentProject, Page, PageContext, PageSpec
from app.ui.kit.runner import Runner
from app.ui.kit.text import texts
from app.ui.kit.theme import theme
from app.ui.kit.toast import Toasts
from app.ui.kit.undo import UndoStack
from app.ui.pages.tools import PageTools
from tests.services.office import Office, new_id
from tests.ui.pages.company import ME, TODAY


class OfficeDesk:
    """A person's desk on an office's file; `reachable` is whether the server answers."""

    def __init__(self, office: Office, login: str) -> None:
        self.office = office
        self.login = login
        self.reachable = True

    def execute(self, command: object) -> Changes:
        """Runs a command as this person."""
        assert isinstance(command, Command)
        if PARTS[command.KIND].online_only and not self.reachable:
            raise EnvironmentFault("sync.unreachable", detail="10060")
        decided = command.KIND.startswith("ledger.") and PARTS[command.KIND].online_only
        return self.office.run(command, self.login, on_server=decided)

    def read(self) -> AbstractContextManager[Session]:
        """A session."""
        return self.office.read()

    def subscribe(self, callback: Callable[[Changes], None]) -> object:
        """Tells what was done past this desk."""
        self.office.listen(callback)
        return callback


class Waiting:
    """Own commands that are not settled, and what was done with them."""

    def __init__(self) -> None:
        self.commands: list[WaitingCommand] = []
        self.put_away: list[UUID] = []
        self.sent_again: list[UUID] = []
        self.retried = 0

    def dismiss(self, op_id: UUID) -> None:
        """Puts one away."""
        self.put_away.append(op_id)
        self.commands = [own for own in self.commands if own.op_id != op_id]

    def issue_again(self, op_id: UUID) -> None:
        """Sends one again."""
        self.sent_again.append(op_id)
        self.commands = [own for own in self.commands if own.op_id != op_id]

    def retry(self) -> None:
        """Connects now."""
        self.retried += 1


class PageWindow(QWidget):
    """One page of the program. Close with `shut`."""

    def __init__(
        self, office: Office, make: Callable[[PageTools], PageSpec], login: str = ME
    ) -> None:
        super().__init__()
        theme()
        texts()
        self.desk = OfficeDesk(office, login)
        self.waiting = Waiting()
        self.visited: list[tuple[str, UUID | None]] = []
        self.runner = Runner(self.desk, self)
        self.failures: list[object] = []
        self.runner.broken.connect(self.failures.append)
        self.runner.refused.connect(self.failures.append)
        self.context = PageContext(
            self.runner,
            UndoStack(self.runner, self),
            CurrentProject(self),
            MemoryLayouts(),
            Account(UUID(int=7), "周明远", "people.job.project_manager"),
            Toasts(self),
            lambda key, record: self.visited.append((key, record)),
        )
        self.spec = make(tools_of(login, self.waiting))
        self.page: Page = self.spec.factory(self.context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        self.runner.changed.connect(self.page.changed)
        texts().language_changed.connect(self.page.retranslate)

    def shut(self) -> None:
        """Ends all threads."""
        self.runner.shutdown()
        self.close()


def tools_of(login: str, waiting: Waiting) -> PageTools:
    """Doors that lead to the office."""
    return PageTools(
        login=login,
        new_id=new_id,
        site_now=lambda: datetime.combine(TODAY, time(9)),
        today=lambda: TODAY,
        read_schedule=_no_file,
        holidays=_holidays,
        waiting=lambda: list(waiting.commands),
        dismiss=waiting.dismiss,
        issue_again=waiting.issue_again,
        retry_link=waiting.retry,
    )


def _no_file(path: Path, project_id: UUID) -> ImportSchedule:
    raise AssertionError(f"{path} was read for {project_id}")


def _holidays(first: int, last: int) -> tuple[DayOf, ...]:
    return tuple(
        DayOf(id=new_id(), day=date(year, 10, 1), name="国庆节") for year in range(first, last + 1)
    )
