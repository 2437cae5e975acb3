"""The schedule of the project chosen, as a Gantt chart that can be edited."""

from typing import TYPE_CHECKING

from app.ui.kit.page import PageSpec
from app.ui.pages.tools import PageTools

if TYPE_CHECKING:
    from app.ui.pages.schedule.page import SchedulePage


def schedule_page(tools: PageTools) -> PageSpec:
    """The page of the project's schedule, for everybody; planners edit."""
    return PageSpec(
        "schedule",
        "schedule",
        "schedule.page.title",
        lambda context: _load()(context, tools),
        load=_load,
    )


def _load() -> "type[SchedulePage]":
    # The window is there before its pages are: see PageSpec.
    from app.ui.pages.schedule.page import SchedulePage

    return SchedulePage
