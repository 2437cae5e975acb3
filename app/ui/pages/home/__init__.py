"""The first page: what needs this person today."""

from typing import TYPE_CHECKING

from app.ui.kit.page import PageSpec
from app.ui.pages.tools import PageTools

if TYPE_CHECKING:
    from app.ui.pages.home.page import HomePage


def home_page(tools: PageTools) -> PageSpec:
    """The first page of everybody."""
    return PageSpec(
        "home", "home", "projects.home.title", lambda context: _load()(context, tools), load=_load
    )


def _load() -> "type[HomePage]":
    # The window is there before its pages are: see PageSpec.
    from app.ui.pages.home.page import HomePage

    return HomePage
