"""Asks a person where a file is to be written."""

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

from PySide6.QtWidgets import QWidget

from app.ui.kit.file_dialog import file_dialog

FileKind = Literal["xlsx", "pdf"]
_FILTERS: Final[dict[FileKind, str]] = {"xlsx": "Excel (*.xlsx)", "pdf": "PDF (*.pdf)"}


def ask_where(
    parent: QWidget, title: str, kind: FileKind, name: str, chosen: Callable[[Path], object]
) -> None:
    """Opens the system's dialog with `name` (without ending) proposed; `chosen` hears the path."""
    dialog = file_dialog(parent, title, save=True)
    dialog.setNameFilter(_FILTERS[kind])
    dialog.setDefaultSuffix(kind)
    dialog.selectFile(f"{name}.{kind}")
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
