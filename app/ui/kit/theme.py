"""The look of the whole application: palette, type, light or dark; switched while it runs."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from app.ui.kit.colors import DARK, LIGHT, Colors, Mode, colors_for
from app.ui.kit.measures import TYPE_CELL

FAMILIES: Final = (
    "Noto Sans CJK SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "Source Han Sans SC",
    "Segoe UI",
    "sans-serif",
)
PROPERTY: Final = "gantry_theme"
# Pixel sizes of an unscaled desktop; a larger system font scales all type with it.
NORMAL_PIXELS: Final = {"windows": 12.0, "cocoa": 13.0, "xcb": 13.3, "wayland": 13.3}
LARGEST_SCALE: Final = 2.0


class Theme(QObject):
    """Owned by the application; `changed` comes after every widget has the new palette."""

    changed = Signal()

    def __init__(self, application: QApplication, mode: Mode = "light") -> None:
        super().__init__(application)
        self._application = application
        self._mode: Mode = mode
        self._scale = system_font_scale(application)
        application.setStyle("Fusion")
        application.setProperty(PROPERTY, self)
        self._apply()

    @property
    def mode(self) -> Mode:
        """Light or dark."""
        return self._mode

    @property
    def colors(self) -> Colors:
        """The named colours in force."""
        return colors_for(self._mode)

    @property
    def scale(self) -> float:
        """Factor on all type sizes."""
        return self._scale

    def set_mode(self, mode: Mode) -> None:
        """Switches; every widget repaints."""
        if mode != self._mode:
            self._mode = mode
            self._apply()

    def set_scale(self, scale: float) -> None:
        """Sets the factor on type sizes, 1.0 to 2.0."""
        self._scale = min(max(scale, 1.0), LARGEST_SCALE)
        self._apply()

    def _apply(self) -> None:
        self._application.setFont(font(TYPE_CELL))
        self._application.setPalette(palette_of(self.colors))
        # Qt posts the new palette; `changed` promises that widgets have it.
        posted = QEvent.Type.ApplicationPaletteChange.value
        QCoreApplication.sendPostedEvents(None, posted)
        QToolTip.setPalette(palette_of(self.colors))
        QToolTip.setFont(font(TYPE_CELL))
        self.changed.emit()


def theme() -> Theme:
    """The theme of the running application, made on first use."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("a QApplication must run before the theme is asked for")
    found = application.property(PROPERTY)
    return found if isinstance(found, Theme) else Theme(application)


def colors_of(widget: QWidget) -> Colors:
    """Named colours to paint a widget with, read off its palette."""
    return colors_in(widget.palette())


def colors_in(palette: QPalette) -> Colors:
    """Named colours that belong to a palette; for delegates, which get one in their option."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def font(pixels: int = TYPE_CELL, *, bold: bool = False) -> QFont:
    """The interface face at a size in logical pixels times the system font scale."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(round(pixels * _scale()))
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def _scale() -> float:
    application = QApplication.instance()
    found = application.property(PROPERTY) if application else None
    return found.scale if isinstance(found, Theme) else 1.0


def system_font_scale(application: QApplication) -> float:
    """How much larger than usual the person has set the system's type: 1.0 to 2.0."""
    normal = NORMAL_PIXELS.get(QGuiApplication.platformName())
    if normal is None:
        return 1.0
    set_font = application.font()
    points = set_font.pointSizeF()
    pixels = points * 96 / 72 if points > 0 else float(set_font.pixelSize())
    if QGuiApplication.platformName() == "cocoa":
        pixels = points
    return min(max(pixels / normal, 1.0), LARGEST_SCALE)


def palette_of(colors: Colors) -> QPalette:
    """The Qt palette of named colours."""
    role = QPalette.ColorRole
    shades = {
        role.Window: colors.window,
        role.WindowText: colors.text,
        role.Base: colors.surface,
        role.AlternateBase: colors.window,
        role.Text: colors.text,
        role.PlaceholderText: colors.text_3,
        role.Button: colors.raised,
        role.ButtonText: colors.text,
        role.BrightText: colors.overdue,
        role.Highlight: colors.selection,
        role.HighlightedText: colors.text,
        role.Accent: colors.accent,
        role.Link: colors.link,
        role.LinkVisited: colors.link,
        role.ToolTipBase: colors.raised,
        role.ToolTipText: colors.text,
        role.Light: colors.raised,
        role.Midlight: colors.hover,
        role.Mid: colors.border,
        role.Dark: colors.border_strong,
        role.Shadow: colors.border_strong,
    }
    made = QPalette()
    for which, shade in shades.items():
        made.setColor(which, QColor(shade))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(disabled, which, QColor(colors.text_3))
    return made
