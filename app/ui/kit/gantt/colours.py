"""Colours of the chart and its table, light, dark and for paper."""

from dataclasses import dataclass, fields, replace

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class GanttColours:
    """Every colour that the chart and table paint with, as #RRGGBB."""

    surface: str = "#FFFFFF"
    header: str = "#F7F8FA"
    border: str = "#DCE0E6"
    row_line: str = "#F0F2F5"
    text: str = "#1B2028"
    text_second: str = "#4B5563"
    text_third: str = "#5F6875"
    selection: str = "#E4ECFD"
    accent: str = "#2563EB"
    on_accent: str = "#FFFFFF"
    focus: str = "#2563EB"
    weekend: str = "#F4F5F8"
    holiday: str = "#ECE8DF"
    holiday_text: str = "#6C5B2F"
    makeup_text: str = "#1D4ED8"
    makeup_line: str = "#A9C1F5"
    critical: str = "#D4372A"
    critical_rest: str = "#F4B5AE"
    critical_done: str = "#E37E75"
    critical_text: str = "#B42318"
    normal: str = "#2F68E0"
    normal_rest: str = "#A9C1F5"
    normal_done: str = "#789DEB"
    effort: str = "#64748B"
    effort_rest: str = "#C3CAD5"
    ghost: str = "#BFC6D0"
    summary: str = "#3B4452"
    float_tail: str = "#8A93A1"
    link: str = "#7C8696"
    link_faded: str = "#A4ACB8"
    link_critical: str = "#D4372A"
    front: str = "#7A28C9"
    on_front: str = "#FFFFFF"
    today: str = "#2563EB"
    track: str = "#E1E4EA"
    percent: str = "#2563EB"
    percent_done: str = "#7CC39B"
    mark_done: str = "#0F6B3A"
    mark_running: str = "#1D4ED8"
    mark_late: str = "#B42318"
    mark_pending: str = "#93540A"
    mark_draft: str = "#4B5563"


LIGHT = GanttColours()

DARK = GanttColours(
    surface="#212328",
    header="#26282E",
    border="#383C44",
    row_line="#2A2D33",
    text="#E4E6EB",
    text_second="#B3B8C2",
    text_third="#9EA4B0",
    selection="#25355A",
    accent="#2563EB",
    focus="#6B97F7",
    weekend="#1C1E22",
    holiday="#2D2B27",
    holiday_text="#C9B98A",
    makeup_text="#8FB2FA",
    makeup_line="#3D5590",
    critical="#E5584C",
    critical_rest="#7C3530",
    critical_done="#90413C",
    critical_text="#FF8A7E",
    normal="#6B97F7",
    normal_rest="#3C5792",
    normal_done="#4B659D",
    effort="#94A3B8",
    effort_rest="#454D5A",
    ghost="#555B67",
    summary="#B3B8C2",
    float_tail="#858C99",
    link="#8A919E",
    link_faded="#666D79",
    link_critical="#E5584C",
    front="#C792FF",
    on_front="#1B1D21",
    today="#6B97F7",
    track="#353942",
    percent="#6B97F7",
    percent_done="#3C7A57",
    mark_done="#5CCB8B",
    mark_running="#6B97F7",
    mark_late="#FF8A7E",
    mark_pending="#E0A458",
    mark_draft="#9EA4B0",
)

PAPER = replace(LIGHT, row_line="#E4E7EC", border="#8A93A1", header="#F2F4F7", weekend="#F1F2F5")


@dataclass(frozen=True, slots=True)
class Inks:
    """The same colours as QColor, made once and not for every bar."""

    by_name: dict[str, QColor]

    @staticmethod
    def of(colours: GanttColours) -> "Inks":
        """QColors of all fields."""
        return Inks({item.name: QColor(getattr(colours, item.name)) for item in fields(colours)})

    def __getitem__(self, name: str) -> QColor:
        return self.by_name[name]

    def clear(self, name: str, alpha: float) -> QColor:
        """A see-through copy of a colour, alpha 0..1."""
        colour = QColor(self.by_name[name])
        colour.setAlphaF(alpha)
        return colour
