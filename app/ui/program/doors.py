"""The doors that pages are given to what they may not import."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from app.core.errors import Refused
from app.ports.accounts import accounts
from app.services.schedule.imports import ImportSchedule
from app.services.waiting import WaitingCommand, WaitingState
from app.sync.cache import CACHE_FILE
from app.sync.desk import Desk
from app.sync.inbox import EntryState, InboxEntry
from app.sync.outbox_copy import OUTBOX_FILE
from app.ui.pages.tools import DeskCheck, DeskDoors, DeskFacts, PageTools
from app.ui.program.holidays import special_days

_STATES: Mapping[EntryState, WaitingState] = {
    EntryState.WAITING: WaitingState.SAVED,
    EntryState.IN_DOUBT: WaitingState.IN_DOUBT,
    EntryState.REFUSED: WaitingState.REFUSED,
    EntryState.BLOCKED: WaitingState.BLOCKED,
}

FILES: Final = (CACHE_FILE, OUTBOX_FILE)

Checks = Callable[[], tuple[DeskCheck, ...]]


def page_tools(desk: Desk, checks: Checks, sign_out: Callable[[], None]) -> PageTools:
    """The doors of a desk; `checks` looks at the computer, `sign_out` ends the session."""
    return PageTools(
        login=desk.status().login,
        new_id=desk.new_id,
        site_now=lambda: site_now(),
        today=lambda: site_now().date(),
        read_schedule=partial(_read_schedule, desk),
        holidays=lambda first, last: special_days(first, last, desk.new_id),
        waiting=lambda: _waiting(desk),
        dismiss=lambda op_id: _dismiss(desk, op_id),
        issue_again=lambda op_id: _issue_again(desk, op_id),
        retry_link=desk.retry,
        desk=DeskDoors(partial(_facts, desk), checks, sign_out),
        device_mark=lambda: desk.status().device_id.hex[-4:].upper(),
        accounts=accounts,
    )


def _facts(desk: Desk) -> DeskFacts:
    # Brings half of the e-mail modules with it, for one number of the settings page.
    from importlib.metadata import version

    profile, status = desk.profile, desk.status()
    return DeskFacts(
        server=", ".join(f"{host}:{profile.port}" for host in profile.hosts),
        database=profile.database,
        device_id=status.device_id,
        is_connected=status.is_online,
        data_as_of=status.data_as_of,
        program_version=version("gantry"),
        folder=profile.folder,
        files=tuple((name, _size(profile.folder, name)) for name in FILES),
    )


def _size(folder: Path, name: str) -> int:
    """Bytes of a database with what SQLite keeps beside it while it is open."""
    size = 0
    for path in folder.glob(f"{name}*"):
        # The last reader takes the journal away.
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    return size


def site_now() -> datetime:
    """The wall clock at the site, as schedules count it: this computer's, without zone."""
    return datetime.now().astimezone().replace(tzinfo=None, second=0, microsecond=0)


def _read_schedule(desk: Desk, path: Path, project_id: UUID) -> ImportSchedule:
    # The formats are loaded by the first file that is read.
    from app.ports.schedule_files.reader import read_schedule
    from app.ports.schedule_files.taking_over import import_command

    return import_command(read_schedule(path), project_id, path.name, desk.new_id)


def _waiting(desk: Desk) -> list[WaitingCommand]:
    """Clashes are left out: they are rows, which the inbox reads itself."""
    return [shown_entry(entry) for entry in desk.inbox() if entry.state in _STATES]


def shown_entry(entry: InboxEntry) -> WaitingCommand:
    """An own edit as the inbox shows it; all that was typed comes along, readable or not."""
    return WaitingCommand(
        entry.op_id,
        entry.scope_id,
        entry.kind,
        entry.payload,
        entry.issued_at,
        _state_of(entry),
        entry.reason,
    )


def _state_of(entry: InboxEntry) -> WaitingState:
    if entry.state is EntryState.WAITING and entry.is_stored:
        return WaitingState.STORED
    return _STATES[entry.state]


def _dismiss(desk: Desk, op_id: UUID) -> None:
    desk.dismiss(op_id)


def _issue_again(desk: Desk, op_id: UUID) -> None:
    entry = next((entry for entry in desk.inbox() if entry.op_id == op_id), None)
    if entry is None or entry.command is None:
        raise Refused("sync.not_there_any_more")
    desk.send_anew(op_id, entry.command)
