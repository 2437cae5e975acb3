"""What the window itself can do, for the search and the person's menu."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit.finding import Hit
from app.ui.kit.icons import icon
from app.ui.kit.page import PageSpec
from app.ui.kit.text import say, tr


@dataclass(frozen=True, slots=True)
class Command:
    """Something the window does; `key` is its shortcut, "" when it has none."""

    text_id: str
    icon: str
    run: Callable[[], None]
    key: str = ""


def command_hits(commands: Sequence[Command]) -> list[Hit]:
    """The commands as things to be found."""
    return [Hit(tr(known.text_id), known.icon, known.run, key=known.key) for known in commands]


def page_hits(specs: Sequence[PageSpec], open_page: Callable[[str], None]) -> list[Hit]:
    """The pages as things to be found; the first nine have a key."""

    def hit(number: int, spec: PageSpec) -> Hit:
        key = page_key(number)
        return Hit(tr(spec.title_id), spec.icon, lambda: open_page(spec.key), key=key)

    return [hit(number, spec) for number, spec in enumerate(specs)]


def page_key(number: int) -> str:
    """Shortcut of the nth page from 0: Ctrl+1 to Ctrl+9."""
    return f"Ctrl+{number + 1}" if number < 9 else ""


def add_shortcuts(window: QWidget, commands: Sequence[Command]) -> None:
    """Gives the window the keys of its commands."""
    for command in commands:
        if command.key:
            action = QAction(window)
            action.setShortcut(command.key)
            action.triggered.connect(lambda _=False, run=command.run: run())
            window.addAction(action)


def fill_menu(menu: QMenu, commands: Sequence[Command | None]) -> None:
    """A menu of commands; None stands for a line."""
    for command in commands:
        if command is None:
            menu.addSeparator()
            continue
        action = QAction(icon(command.icon), "", menu)
        say(action, command.text_id)
        action.triggered.connect(lambda _=False, run=command.run: run())
        menu.addAction(action)
