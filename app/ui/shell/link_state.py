"""The state of the link to the server, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from app.core.errors import Reason
from app.ui.kit.formats import say_time
from app.ui.kit.text import tr

Link = Literal[
    "online",
    "syncing",
    "connecting",
    "offline",
    "silent",
    "outdated",
    "wrong_password",
    "turned_away",
]
SHAPES: Final[Mapping[Link, str]] = {
    "online": "disc",
    "syncing": "arrow_up",
    "connecting": "ring",
    "offline": "hollow_diamond",
    "silent": "diamond",
    "outdated": "triangle",
    "wrong_password": "cross",
    "turned_away": "cross",
}
MINUTE_S = 60
HOUR_MINUTES = 60
_CALM: Final = ("online", "syncing", "connecting")
_TO_SIGN_IN: Final = ("wrong_password", "turned_away")
_WITH_TIME: Final = (*_CALM, "silent")


@dataclass(frozen=True, slots=True)
class LinkState:
    """`as_of`: freshness of rows; `waiting`: edits unsent; `to_decide`: conflicts, refusals.

    `reason`: why the link is not up, as far as the desk knows more than "no connection".
    """

    link: Link
    as_of: datetime | None = None
    waiting: int = 0
    to_decide: int = 0
    lost_at: datetime | None = None
    reason: Reason | None = None

    @property
    def is_offline(self) -> bool:
        """Whether the server cannot be reached."""
        return self.link == "offline"

    @property
    def is_troubled(self) -> bool:
        """Whether a person has to know of it: no connection, or one that is of no use."""
        return self.link not in _CALM

    @property
    def wants_sign_in(self) -> bool:
        """Whether the server turned this person away: trying again by itself does not help."""
        return self.link in _TO_SIGN_IN


def say_link(state: LinkState) -> str:
    """For instance: 已连接 · 数据截至 09:12 · 3 项待同步."""
    parts = [tr(f"shell.link_{state.link}")]
    if state.as_of is not None and state.link in _WITH_TIME:
        parts.append(tr("shell.link_as_of", time=say_time(state.as_of, day=False)))
    if state.waiting:
        parts.append(tr("shell.link_waiting", count=state.waiting))
    if state.to_decide:
        parts.append(tr("shell.link_to_decide", count=state.to_decide))
    return " · ".join(parts)


def say_outage(state: LinkState, now: datetime) -> str:
    """Since when the link is down and what becomes of edits; "" while it is up."""
    if not state.is_offline:
        return ""
    if state.lost_at is None:
        return tr("shell.outage_unknown")
    minutes = max(int((now - state.lost_at).total_seconds()) // MINUTE_S, 0)
    lasting = (
        tr("shell.minutes", count=minutes)
        if minutes < 2 * HOUR_MINUTES
        else tr("shell.hours", count=minutes // HOUR_MINUTES)
    )
    return tr("shell.outage", time=say_time(state.lost_at, day=False), lasting=lasting)
