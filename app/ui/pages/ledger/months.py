"""The months of a ledger in a strip: open or closed, and the button that closes one."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout

from app.core.ledger import PeriodState
from app.services.ledger.queries import PeriodView
from app.ui.kit.badge import StatusPill
from app.ui.kit.buttons import button
from app.ui.kit.labels import Ground, label
from app.ui.kit.measures import GAP_L, GAP_S, PAGE_BAR
from app.ui.kit.status import Status
from app.ui.kit.text import tr

SHOWN: Final = 6


def say_month(period: PeriodView) -> str:
    """2026-03, and whether it is closed, in words."""
    month = f"{period.year}-{period.month:02}"
    return tr(f"ledger.page.month_{period.state.value}", month=month)


class MonthStrip(Ground):
    """The last months; `close_button` is there for those who may close."""

    def __init__(self) -> None:
        super().__init__("surface", ("bottom",))
        self.setFixedHeight(PAGE_BAR)
        self.periods: tuple[PeriodView, ...] = ()
        self._pills: list[StatusPill] = []
        self.close_button = button("ledger.page.close_month", icon_name="check")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L, 0, GAP_L, 0)
        row.setSpacing(GAP_S)
        row.addWidget(label("ledger.page.months", color="text_2"))
        self._row = QHBoxLayout()
        self._row.setSpacing(GAP_S)
        row.addLayout(self._row)
        row.addStretch(1)
        row.addWidget(self.close_button)

    @property
    def words(self) -> list[str]:
        """The months as they are shown."""
        return [pill.word for pill in self._pills]

    @property
    def open_months(self) -> tuple[PeriodView, ...]:
        """The months that could be closed."""
        return tuple(one for one in self.periods if one.state is PeriodState.OPEN)

    def show_periods(self, periods: Sequence[PeriodView]) -> None:
        """Shows the newest of these months, oldest first."""
        self.periods = tuple(periods)
        for pill in self._pills:
            self._row.removeWidget(pill)
            # What is deleted later is painted once more.
            pill.hide()
            pill.deleteLater()
        self._pills = [StatusPill(_status(one), say_month(one)) for one in self.periods[-SHOWN:]]
        for pill in self._pills:
            self._row.addWidget(pill)

    def retranslate(self) -> None:
        """Says the months in the language in force."""
        self.show_periods(self.periods)


def _status(period: PeriodView) -> Status:
    return Status.DONE if period.state is PeriodState.CLOSED else Status.RUNNING
