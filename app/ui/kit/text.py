"""Words in the language in force, switched without restart."""

from collections.abc import Callable
from typing import Final, Literal
from weakref import WeakKeyDictionary

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app import texts as catalogue
from app.core.errors import Finding, Parameter, Reason
from app.texts import Language

PROPERTY: Final = "gantry_texts"
Place = Literal["text", "title", "tool_tip", "placeholder", "name", "description"]
SETTERS: Final[dict[Place, str]] = {
    "text": "setText",
    "title": "setWindowTitle",
    "tool_tip": "setToolTip",
    "placeholder": "setPlaceholderText",
    "name": "setAccessibleName",
    "description": "setAccessibleDescription",
}


class Texts(QObject):
    """The language in force; `language_changed` comes after bound words were said again."""

    language_changed = Signal()

    def __init__(self, application: QApplication, language: Language = "zh_CN") -> None:
        super().__init__(application)
        self._application = application
        self._language: Language = language
        self._translator = QTranslator(self)
        self._said: WeakKeyDictionary[QObject, dict[Place, Callable[[], str]]] = WeakKeyDictionary()
        application.setProperty(PROPERTY, self)
        self._load_toolkit_words()

    @property
    def language(self) -> Language:
        """The language in force."""
        return self._language

    def set_language(self, language: Language) -> None:
        """Switches every bound word and tells the rest."""
        if language == self._language:
            return
        self._language = language
        self._load_toolkit_words()
        for widget, places in list(self._said.items()):
            if isValid(widget):
                for place, words in places.items():
                    getattr(widget, SETTERS[place])(words())
        self.language_changed.emit()

    def tr(  # type: ignore[override]
        self, text_id: str, **parameters: Parameter
    ) -> str:
        """The words of a text id. KeyError for an unknown id or a missing parameter."""
        return catalogue.text(self._language, text_id, **parameters)

    def bind(self, target: QObject, place: Place, words: Callable[[], str]) -> None:
        """Says words at a place of a widget or action now and after each change of language."""
        getattr(target, SETTERS[place])(words())
        self._said.setdefault(target, {})[place] = words

    def _load_toolkit_words(self) -> None:
        QLocale.setDefault(QLocale(self._language))
        self._application.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._language != "en" and self._translator.load(f"qtbase_{self._language}", folder):
            self._application.installTranslator(self._translator)


def texts() -> Texts:
    """The texts of the running application, made on first use."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("a QApplication must run before words are asked for")
    found = application.property(PROPERTY)
    return found if isinstance(found, Texts) else Texts(application)


def tr(text_id: str, **parameters: Parameter) -> str:
    """The words of a text id in the language in force."""
    return texts().tr(text_id, **parameters)


def say(
    target: QWidget | QAction, text_id: str, place: Place = "text", **parameters: Parameter
) -> None:
    """Writes a text's words on a widget or action, and again when the language changes."""
    owner = texts()
    owner.bind(target, place, lambda: owner.tr(text_id, **parameters))


def say_reason(reason: Reason) -> str:
    """The words of a reason in the language in force."""
    return catalogue.reason_text(texts().language, reason)


def say_finding(finding: Finding) -> str:
    """The words of a finding in the language in force."""
    return catalogue.finding_text(texts().language, finding)
