"""How the desk is doing, for the status bar and the command line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from app.core.errors import Reason


class LinkState(StrEnum):
    """Where the link stands. Edits are taken in every state."""

    STOPPED = "stopped"
    CONNECTING = "connecting"
    ONLINE = "online"
    OFFLINE = "offline"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a state
    SERVER_SILENT = "server_silent"
    """Commands are stored, but the server process does not answer them."""
    OUTDATED = "outdated"
    """This program and the server do not understand each other's rows: nothing is fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskStatus:
    """A desk at a moment. `pending` commands have no answer yet; `refused` (with those blocked)
    and `conflicts` want a person. `data_as_of` is the server's time of the last snapshot;
    `server_offset` what the server's clock is ahead of this computer's."""

    link: LinkState
    reason: Reason | None
    pending: int
    unsent: int
    refused: int
    conflicts: int
    data_as_of: datetime | None
    server_offset: timedelta | None
    device_id: UUID
    login: str
    notices: tuple[Reason, ...] = ()
    """What happened to the desk's files since it was opened, worth telling once."""

    @property
    def is_online(self) -> bool:
        """Whether the server can be asked now."""
        return self.link in (LinkState.ONLINE, LinkState.SERVER_SILENT)
