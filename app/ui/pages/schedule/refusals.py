"""How the page says that something was refused."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.core.errors import GantryError, InputRejected, Reason
from app.services.tx import Clash
from app.ui.kit.dialogs import show_error
from app.ui.kit.text import say_reason, tr
from app.ui.kit.toast import Toasts


class Refusals:
    """A cycle and lists of findings get a dialog, for a toast is soon gone."""

    def __init__(self, page: QWidget, toasts: Toasts, look_again: Callable[[], None]) -> None:
        self._page = page
        self._toasts = toasts
        self._look_again = look_again

    def tell(self, error: GantryError) -> None:
        """Says why; after a clash on the own desk the newest plan is shown."""
        if isinstance(error, Clash):
            self._look_again()
            self._toasts.say(tr("schedule.page.clash"), tone="refused")
        elif isinstance(error, InputRejected) or error.reason.text_id == "schedule.cycle":
            show_error(self._page, error)
        else:
            self.tell_reason(error.reason)

    def tell_reason(self, reason: Reason) -> None:
        """Says a reason in a toast."""
        self._toasts.say(say_reason(reason), tone="refused")
