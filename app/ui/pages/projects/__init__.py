"""The projects that this desk holds: their facts, and how they stand."""

from typing import TYPE_CHECKING

from app.ui.kit.page import PageSpec
from app.ui.pages.tools import PageTools

if TYPE_CHECKING:
    from app.ui.pages.projects.page import ProjectsPage


def projects_page(tools: PageTools) -> PageSpec:
    """The page of projects, for everybody."""
    return PageSpec(
        "projects",
        "projects",
        "projects.page.title",
        lambda context: _load()(context, tools),
        load=_load,
    )


def _load() -> "type[ProjectsPage]":
    # The window is there before its pages are: see PageSpec.
    from app.ui.pages.projects.page import ProjectsPage

    return ProjectsPage
