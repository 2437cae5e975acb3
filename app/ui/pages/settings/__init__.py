"""What a person sets up for this desk, and what is worth knowing of it."""

from typing import TYPE_CHECKING

from app.ui.kit.page import PageSpec
from app.ui.pages.tools import PageTools

if TYPE_CHECKING:
    from app.ui.pages.settings.page import SettingsPage


def settings_page(tools: PageTools) -> PageSpec:
    """The settings of everybody."""
    return PageSpec(
        "settings",
        "settings",
        "settings.page.title",
        lambda context: _load()(context, tools),
        load=_load,
    )


def _load() -> "type[SettingsPage]":
    # The window is there before its pages are: see PageSpec.
    from app.ui.pages.settings.page import SettingsPage

    return SettingsPage
