"""People of the company, the jobs they hold, and what each job may do."""

from typing import TYPE_CHECKING

from app.ui.kit.page import PageSpec
from app.ui.pages.tools import PageTools

if TYPE_CHECKING:
    from app.ui.pages.people.page import PeoplePage


def people_page(tools: PageTools) -> PageSpec:
    """The page of people and rights, for everybody."""
    return PageSpec(
        "people", "people", "people.page.title", lambda context: _load()(context, tools), load=_load
    )


def _load() -> "type[PeoplePage]":
    # The window is there before its pages are: see PageSpec.
    from app.ui.pages.people.page import PeoplePage

    return PeoplePage
