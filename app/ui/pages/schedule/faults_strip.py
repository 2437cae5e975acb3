"""A strip above the plan that says why its dates cannot be computed."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.errors import Finding, InputRejected
from app.ui.kit.buttons import button
from app.ui.kit.dialogs import show_error
from app.ui.kit.labels import ElidedLabel, Ground
from app.ui.kit.measures import BANNER, GAP_L, GAP_S
from app.ui.kit.text import say_finding, texts, tr


class FaultsStrip(Ground):
    """Hidden while there is nothing wrong."""

    def __init__(self, page: QWidget) -> None:
        super().__init__("banner", ("bottom",))
        self._page = page
        self._findings: tuple[Finding, ...] = ()
        self.setFixedHeight(BANNER)
        self._words = ElidedLabel("")
        self.show_all = button("schedule.page.show_findings", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L, 0, GAP_L, 0)
        row.setSpacing(GAP_S)
        row.addWidget(self._words, 1)
        row.addWidget(self.show_all)
        self.show_all.clicked.connect(self._open)
        texts().language_changed.connect(self._say)
        self.hide()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Says what is wrong; hides when nothing is."""
        self._findings = findings
        self._say()
        self.setVisible(bool(findings))

    def _say(self) -> None:
        if self._findings:
            first = say_finding(self._findings[0])
            self._words.setText(tr("schedule.page.not_computed", first=first))

    def _open(self) -> None:
        show_error(self._page, InputRejected(self._findings))
