"""The doctor's checks, for the settings page."""

from collections.abc import Callable
from pathlib import Path

from app.ui.pages.tools import DeskCheck


def desk_checks(folder: Path) -> Callable[[], tuple[DeskCheck, ...]]:
    """Looks at this computer and at a desk's folder, as `gantry doctor` does."""

    def look() -> tuple[DeskCheck, ...]:
        # Half of a server's modules, for a page that is rarely looked at.
        from app.server.health import all_checks

        found = all_checks(folder)
        return tuple(DeskCheck(one.state != "missing", one.said, one.advice) for one in found)

    return look
