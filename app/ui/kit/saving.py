"""Asks a person where a file is to be written."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from PySide6.QtWidgets import QWidget

from app.ui.kit.file_dialog import file_dialog

FileKind = Literal["xlsx", "pdf"]
_FILTERS: Final[dict[FileKind, str]] = {"xlsx": "Excel (*.xlsx)", "pdf": "PDF (*.pdf)"}

# What a path is made of, what Windows does not take, and what cannot be seen.
_NOT_IN_NAMES: Final = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+'
)
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST_NAME: Final = 80


def file_name(words: str) -> str:
    """Words, such as a project's name, as the name of a file in the folder that is shown: no way
    out of it, and nothing that a system keeps for itself."""
    name = _NOT_IN_NAMES.sub("_", words)[:_LONGEST_NAME].strip(" .")
    return f"_{name}" if not name or _DEVICES.fullmatch(name) else name


def ask_where(
    parent: QWidget, title: str, kind: FileKind, name: str, chosen: Callable[[Path], object]
) -> None:
    """Opens the system's dialog with `name` (without ending) proposed; `chosen` hears the path."""
    dialog = file_dialog(parent, title, save=True)
    dialog.setNameFilter(_FILTERS[kind])
    dialog.setDefaultSuffix(kind)
    dialog.selectFile(f"{file_name(name)}.{kind}")
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
