"""What the window remembers: place, language, look, folded navigation, last page."""

from typing import Final, cast, get_args

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from app.texts import LANGUAGES
from app.ui.kit.colors import Mode
from app.ui.kit.desk import LayoutStore
from app.ui.kit.text import texts
from app.ui.kit.theme import theme

MODES: Final = get_args(Mode)


class Preferences:
    """Reads and keeps the choices in a LayoutStore."""

    def __init__(self, layouts: LayoutStore) -> None:
        self._layouts = layouts

    def apply_look(self) -> None:
        """Sets language and light or dark as remembered."""
        language = self._layouts.load("window.language")
        if language in LANGUAGES:
            texts().set_language(language)
        mode = self._layouts.load("window.theme")
        if mode in MODES:
            theme().set_mode(cast(Mode, mode))

    def keep_look(self) -> None:
        """Remembers language and light or dark."""
        self._layouts.save("window.language", texts().language)
        self._layouts.save("window.theme", theme().mode)

    def apply_place(self, window: QWidget) -> bool:
        """Puts the window where it was; False when nothing is remembered."""
        kept = self._layouts.load("window.geometry")
        if not kept:
            return False
        return window.restoreGeometry(
            QByteArray.fromBase64(QByteArray(kept.encode("ascii", "ignore")))
        )

    def keep_place(self, window: QWidget) -> None:
        """Remembers where the window is."""
        place = bytes(window.saveGeometry().toBase64().data())
        self._layouts.save("window.geometry", place.decode("ascii"))

    @property
    def is_narrow(self) -> bool:
        """Whether the navigation was folded."""
        return self._layouts.load("window.narrow") == "1"

    def keep_narrow(self, narrow: bool) -> None:
        """Remembers whether the navigation is folded."""
        self._layouts.save("window.narrow", "1" if narrow else "0")

    @property
    def last_page(self) -> str:
        """Key of the page that was in front, "" when unknown."""
        return self._layouts.load("window.page") or ""

    def keep_page(self, key: str) -> None:
        """Remembers the page in front."""
        self._layouts.save("window.page", key)


def switch_theme() -> None:
    """From light to dark and back."""
    theme().set_mode("light" if theme().mode == "dark" else "dark")


def switch_language() -> None:
    """From Chinese to English and back."""
    texts().set_language("en" if texts().language == "zh_CN" else "zh_CN")
