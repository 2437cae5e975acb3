"""Line icons by our own names, in the theme's colours; QtAwesome's Phosphor face."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QIcon,
    QIconEngine,
    QPainter,
    QPixmap,
)

from app.ui.kit.measures import ICON
from app.ui.kit.theme import theme

GLYPHS: Final = {
    "home": "house",
    "customers": "users",
    "projects": "buildings",
    "schedule": "chart-bar-horizontal",
    "pool": "users-three",
    "contracts": "file-text",
    "ledger": "notebook",
    "reconcile": "scales",
    "purchasing": "shopping-cart-simple",
    "stock": "package",
    "site": "camera",
    "quality": "shield-check",
    "dashboards": "chart-pie",
    "inbox": "tray",
    "settings": "gear-six",
    "people": "identification-badge",
    "collapse": "caret-left",
    "expand": "caret-right",
    "down": "caret-down",
    "up": "caret-up",
    "left": "caret-left",
    "right": "caret-right",
    "search": "magnifying-glass",
    "help": "question",
    "user": "user",
    "add": "plus",
    "remove": "minus",
    "delete": "trash",
    "edit": "pencil-simple",
    "copy": "copy",
    "paste": "clipboard-text",
    "undo": "arrow-u-up-left",
    "redo": "arrow-u-up-right",
    "outdent": "arrow-line-left",
    "indent": "arrow-line-right",
    "link": "link-simple",
    "unlink": "link-simple-break",
    "flag": "flag",
    "filter": "funnel",
    "columns": "columns",
    "rows": "rows",
    "sort_up": "sort-ascending",
    "sort_down": "sort-descending",
    "calendar": "calendar-blank",
    "calendar_add": "calendar-plus",
    "refresh": "arrows-clockwise",
    "export": "export",
    "import": "download-simple",
    "download": "download-simple",
    "upload": "upload-simple",
    "print": "printer",
    "pdf": "file-pdf",
    "save": "floppy-disk",
    "open": "folder-open",
    "file": "file",
    "files": "files",
    "folder": "folder",
    "close": "x",
    "check": "check",
    "checks": "checks",
    "warning": "warning",
    "error": "warning-circle",
    "info": "info",
    "clock": "clock",
    "history": "clock-counter-clockwise",
    "comment": "chat-text",
    "attach": "paperclip",
    "image": "image",
    "map": "map-pin",
    "phone": "phone",
    "mail": "envelope-simple",
    "lock": "lock",
    "unlock": "lock-open",
    "eye": "eye",
    "eye_off": "eye-slash",
    "sign_in": "sign-in",
    "sign_out": "sign-out",
    "cloud": "cloud",
    "offline": "cloud-slash",
    "synced": "cloud-check",
    "syncing": "cloud-arrow-up",
    "database": "database",
    "server": "hard-drives",
    "light": "sun",
    "dark": "moon",
    "language": "translate",
    "more": "dots-three",
    "menu": "list",
    "grip": "dots-six-vertical",
    "full_screen": "arrows-out",
    "zoom_in": "magnifying-glass-plus",
    "zoom_out": "magnifying-glass-minus",
    "network": "tree-structure",
    "baseline": "stack",
    "level": "chart-bar",
    "curve": "chart-line-up",
    "tree": "tree-structure",
    "milestone": "diamond",
    "money": "currency-cny",
    "bank": "bank",
    "receipt": "receipt",
    "calculator": "calculator",
    "truck": "truck",
    "barcode": "barcode",
    "qr": "qr-code",
    "tag": "tag",
    "worker": "person-simple",
    "crane": "wrench",
    "tools": "wrench",
    "weather": "cloud-rain",
    "command": "command",
    "keyboard": "keyboard",
    "play": "play",
    "pause": "pause",
    "stop": "stop",
    "swap": "arrows-left-right",
    "next": "arrow-right",
    "previous": "arrow-left",
    "external": "arrow-square-out",
    "pin": "push-pin",
    "star": "star",
    "list": "list-bullets",
    "compare": "git-diff",
    "merge": "git-merge",
    "robot": "robot",
}
FACE: Final = "phosphor-1.3.0.ttf"
CHARACTERS: Final = "phosphor-charmap-1.3.0.json"


@cache
def _fonts_folder() -> Path:
    # Importing qtawesome costs 0.25 s and registers twelve faces; only its Phosphor file is wanted.
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the QtAwesome package is not installed")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_fonts_folder() / FACE))
    return QFontDatabase.applicationFontFamilies(number)[0]


@cache
def _characters() -> dict[str, str]:
    table: dict[str, str] = json.loads((_fonts_folder() / CHARACTERS).read_text(encoding="utf-8"))
    return {name: chr(int(table[glyph], 16)) for name, glyph in GLYPHS.items()}


def paint_icon(painter: QPainter, name: str, place: QRectF, color: str | QColor) -> None:
    """Paints an icon centred in a square. KeyError for a name that is not in GLYPHS."""
    face = QFont(_family())
    face.setPixelSize(max(round(min(place.width(), place.height())), 1))
    painter.save()
    painter.setFont(face)
    painter.setPen(QColor(color))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _characters()[name])
    painter.restore()


class _ThemedEngine(QIconEngine):
    """Paints in the theme's colours of the moment, so an icon never has to be made again."""

    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        colors = theme().colors
        shade = "text_3" if mode == QIcon.Mode.Disabled else self._color
        paint_icon(painter, self._name, QRectF(rect), str(getattr(colors, shade)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPointF(0, 0).toPoint(), size), mode, state)
        painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._name, self._color)

    def key(self) -> str:
        return f"gantry:{self._name}:{self._color}"


@cache
def icon(name: str, color: str = "text_2") -> QIcon:
    """A QIcon that follows the theme; `color` is a field of Colors. KeyError if unknown."""
    if name not in GLYPHS:
        raise KeyError(name)
    return QIcon(_ThemedEngine(name, color))


def pixmap(name: str, color: str, size: int = ICON, ratio: float = 1.0) -> QPixmap:
    """An icon as a pixmap in a fixed colour "#RRGGBB"."""
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint_icon(painter, name, QRectF(0, 0, size, size), color)
    painter.end()
    return made
