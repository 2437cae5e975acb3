"""The ledger of a project, or of the company: entries, their lines, and the months."""

from typing import TYPE_CHECKING

from app.core.people import MONEY
from app.ui.kit.page import PageSpec
from app.ui.pages.tools import PageTools

if TYPE_CHECKING:
    from app.ui.pages.ledger.page import LedgerPage


def ledger_page(tools: PageTools) -> PageSpec:
    """The page of the ledger, for those whose job is money."""
    return PageSpec(
        "ledger",
        "ledger",
        "ledger.page.title",
        lambda context: _load()(context, tools),
        roles=frozenset(job.value for job in MONEY),
        load=_load,
    )


def _load() -> "type[LedgerPage]":
    # The window is there before its pages are: see PageSpec.
    from app.ui.pages.ledger.page import LedgerPage

    return LedgerPage
