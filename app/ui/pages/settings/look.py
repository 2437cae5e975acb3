"""Language, light or dark, and size of type, as this person chose them; kept for the next start."""

from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

from app.texts import LANGUAGES, Language
from app.ui.kit.desk import LayoutStore
from app.ui.kit.text import texts
from app.ui.kit.theme import theme

ThemeChoice = Literal["light", "dark", "system"]
THEMES: Final[tuple[ThemeChoice, ...]] = ("light", "dark", "system")
SCALES: Final = (100, 110, 125, 150)
LANGUAGE_KEY: Final = "window.language"
THEME_KEY: Final = "window.theme"
SOURCE_KEY: Final = "window.theme_source"
SCALE_KEY: Final = "window.scale"


class Look(QObject):
    """The choices in force. `changed` after any of them changed, wherever that was done."""

    changed = Signal()

    def __init__(self, layouts: LayoutStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layouts = layouts
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        theme().changed.connect(self.changed)
        texts().language_changed.connect(self.changed)

    @property
    def theme_choice(self) -> ThemeChoice:
        """Light, dark, or as the system is."""
        return "system" if self._layouts.load(SOURCE_KEY) == "system" else theme().mode

    @property
    def percent(self) -> int:
        """The size of type that comes next to the one in force, of those offered."""
        return min(SCALES, key=lambda percent: abs(percent - theme().scale * 100))

    def restore(self) -> None:
        """Sets everything as it was kept."""
        language = self._layouts.load(LANGUAGE_KEY)
        if language in LANGUAGES:
            texts().set_language(language)
        kept = self._layouts.load(SCALE_KEY) or ""
        if kept.isascii() and kept.isdigit() and int(kept) in SCALES:
            theme().set_scale(int(kept) / 100)
        mode = self._layouts.load(THEME_KEY)
        if self.theme_choice == "system":
            self._follow()
        elif mode in ("light", "dark"):
            theme().set_mode("dark" if mode == "dark" else "light")

    def choose_language(self, language: Language) -> None:
        """Switches all words at once."""
        self._layouts.save(LANGUAGE_KEY, language)
        texts().set_language(language)

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Switches all colours at once."""
        self._layouts.save(SOURCE_KEY, "system" if choice == "system" else "own")
        if choice == "system":
            self._follow()
        else:
            theme().set_mode(choice)
        self._layouts.save(THEME_KEY, theme().mode)
        self.changed.emit()

    def choose_percent(self, percent: int) -> None:
        """Sets the size of type; windows that are open take it over in part."""
        self._layouts.save(SCALE_KEY, str(percent))
        theme().set_scale(percent / 100)

    def _follow(self) -> None:
        if self._layouts.load(SOURCE_KEY) == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            theme().set_mode("dark" if scheme == Qt.ColorScheme.Dark else "light")
