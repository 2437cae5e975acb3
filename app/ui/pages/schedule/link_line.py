"""One link in the links editor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.schedule.network import LagKind, LinkType
from app.services.schedule.views import LinkView
from app.ui.kit.buttons import icon_button
from app.ui.kit.fields import ChoiceField, TextField
from app.ui.kit.labels import ElidedLabel, Label
from app.ui.kit.measures import GAP_S
from app.ui.kit.text import say, tr

SIDE_WIDTH: Final = 56
LAG_WIDTH: Final = 88


@dataclass(frozen=True, slots=True)
class Linked:
    """A stored link, or (`link` None) one to be added to `link_to`; `is_before`: that one leads."""

    link_id: UUID
    link: LinkView | None
    called: str
    is_before: bool
    link_to: UUID | None = None


class LinkLine(QWidget):
    """`removed()` when the link shall go."""

    removed = Signal()

    def __init__(self, linked: Linked, lag_words: str, may_edit: bool) -> None:
        super().__init__()
        self.linked = linked
        self._lag_words = lag_words
        side = Label(
            tr("schedule.page.predecessor" if linked.is_before else "schedule.page.successor"),
            color="text_2",
        )
        side.setFixedWidth(SIDE_WIDTH)
        self.type = ChoiceField()
        self.type.set_choices([(kind, tr(f"schedule.page.link_{kind.value}")) for kind in LinkType])
        self.lag = TextField(lag_words, most=20)
        self.lag.setFixedWidth(LAG_WIDTH)
        self.kind = ChoiceField()
        self.kind.set_choices([(kind, tr(f"schedule.page.lag_{kind.value}")) for kind in LagKind])
        self.type.set_value(LinkType.FS if linked.link is None else linked.link.type)
        self.kind.set_value(LagKind.WORKING if linked.link is None else linked.link.lag_kind)
        self.remove = icon_button("delete", "schedule.unlink")
        say(self.type, "schedule.page.link_type", "name")
        say(self.lag, "schedule.page.lag", "name")
        say(self.lag, "schedule.page.lag_hint", "tool_tip")
        say(self.lag, "schedule.page.lag", "placeholder")
        say(self.kind, "schedule.page.lag_counts", "name")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, GAP_S, 0)
        row.setSpacing(GAP_S)
        row.addWidget(side)
        row.addWidget(ElidedLabel(linked.called), 1)
        for made in (self.type, self.lag, self.kind, self.remove):
            made.setEnabled(may_edit)
            row.addWidget(made)
        self.remove.clicked.connect(self.removed)
        self.lag.textEdited.connect(lambda: self.lag.set_faulty(False))

    def is_touched(self) -> bool:
        """Whether type or lag differ from what is stored."""
        link = self.linked.link
        return link is not None and (
            self.type.value() != link.type
            or self.kind.value() != link.lag_kind
            or self.lag.text().strip() != self._lag_words
        )

    def edit(self, read_lag: Callable[[str, LagKind], int]) -> dict[str, Any]:
        """Fields that differ from what is stored; all of a new link. ValueError for a bad lag."""
        # A combo box hands a member of a StrEnum back as a plain text.
        kind = LagKind(str(self.kind.value()))
        try:
            lag = read_lag(self.lag.text(), kind)
        except ValueError:
            self.lag.set_faulty(True)
            self.lag.setFocus()
            raise
        meant = {"type": LinkType(str(self.type.value())), "lag": lag, "lag_kind": kind}
        link = self.linked.link
        if link is None:
            return meant
        if not self.is_touched():
            return {}
        return {name: value for name, value in meant.items() if getattr(link, name) != value}
