"""Colours of the chart and its table, light, dark and for paper."""

from dataclasses import dataclass, fields, replace

from PySide6.QtGui import QColor

from app.ui.kit.colors import Colors, colors_for


@dataclass(frozen=True, slots=True)
class GanttColours:
    """Every colour that the chart and table paint with, as #RRGGBB."""

    surface: str
    border: str
    text: str
    text_second: str
    text_third: str
    selection: str
    accent: str
    on_accent: str
    focus: str
    mark_done: str
    mark_running: str
    mark_late: str
    mark_pending: str
    mark_draft: str
    header: str
    row_line: str
    weekend: str
    holiday: str
    holiday_text: str
    makeup_text: str
    makeup_line: str
    critical: str
    critical_rest: str
    critical_done: str
    critical_text: str
    normal: str
    normal_rest: str
    normal_done: str
    effort: str
    effort_rest: str
    ghost: str
    summary: str
    float_tail: str
    link: str
    link_faded: str
    link_critical: str
    front: str
    on_front: str
    today: str
    track: str
    percent: str
    percent_done: str


def _of_the_kit(colors: Colors) -> dict[str, str]:
    """What the chart has in common with every other part of the window."""
    return {
        "surface": colors.surface,
        "border": colors.border,
        "text": colors.text,
        "text_second": colors.text_2,
        "text_third": colors.text_3,
        "selection": colors.selection,
        "accent": colors.accent,
        "on_accent": colors.on_accent,
        "focus": colors.focus,
        "mark_done": colors.done,
        "mark_running": colors.running,
        "mark_late": colors.overdue,
        "mark_pending": colors.waiting,
        "mark_draft": colors.draft,
    }


LIGHT = GanttColours(
    **_of_the_kit(colors_for("light")),
    header="#F7F8FA",
    row_line="#F0F2F5",
    weekend="#F4F5F8",
    holiday="#ECE8DF",
    holiday_text="#6C5B2F",
    makeup_text="#1D4ED8",
    makeup_line="#A9C1F5",
    critical="#D4372A",
    critical_rest="#F4B5AE",
    critical_done="#E37E75",
    critical_text="#B42318",
    normal="#2F68E0",
    normal_rest="#A9C1F5",
    normal_done="#789DEB",
    effort="#64748B",
    effort_rest="#C3CAD5",
    ghost="#BFC6D0",
    summary="#3B4452",
    float_tail="#8A93A1",
    link="#7C8696",
    link_faded="#A4ACB8",
    link_critical="#D4372A",
    front="#7A28C9",
    on_front="#FFFFFF",
    today="#2563EB",
    track="#E1E4EA",
    percent="#2563EB",
    percent_done="#7CC39B",
)

DARK = GanttColours(
    **_of_the_kit(colors_for("dark")),
    header="#26282E",
    row_line="#2A2D33",
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
