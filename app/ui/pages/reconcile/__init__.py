"""The reconcile inbox: clashes, refusals, and own edits on their way."""

from typing import TYPE_CHECKING

from app.ui.kit.page import PageSpec
from app.ui.pages.tools import PageTools

if TYPE_CHECKING:
    from app.ui.pages.reconcile.page import ReconcilePage


def reconcile_page(tools: PageTools) -> PageSpec:
    """The inbox of everybody."""
    return PageSpec(
        "reconcile",
        "inbox",
        "reconcile.page.title",
        lambda context: _load()(context, tools),
        load=_load,
    )


def _load() -> "type[ReconcilePage]":
    # The window is there before its pages are: see PageSpec.
    from app.ui.pages.reconcile.page import ReconcilePage

    return ReconcilePage
