"""The state of the link to the server, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from app.ui.kit.formats import say_time
from app.ui.kit.text import tr

Link = Literal["online", "syncing", "offline"]
MINUTE_S = 60
HOUR_MINUTES = 60


@dataclass(frozen=True, slots=True)
class LinkState:
    """`as_of`: freshness of rows; `waiting`: edits unsent; `to_decide`: conflicts, refusals."""

    link: Link
    as_of: datetime | None = None
    waiting: int = 0
    to_decide: int = 0
    lost_at: datetime | None = None

    @property
    def is_offline(self) -> bool:
        """Whether the server cannot be reached."""
        return self.link == "offline"


def say_link(state: LinkState) -> str:
    """For instance: 已连接 · 数据截至 09:12 · 3 项待同步."""
    parts = [tr(f"shell.link_{state.link}")]
    if state.as_of is not None and not state.is_offline:
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
