"""The system's dialog for files; in our words where Qt draws it because there is none."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.kit.text import tr

_LABELS: Final = {
    QFileDialog.DialogLabel.LookIn: "kit.file.look_in",
    QFileDialog.DialogLabel.FileName: "kit.file.name",
    QFileDialog.DialogLabel.FileType: "kit.file.type",
    QFileDialog.DialogLabel.Reject: "kit.cancel",
}


def file_dialog(parent: QWidget, title: str, *, save: bool = False) -> QFileDialog:
    """A dialog that goes when it is closed, for one file to read or, with `save`, to write."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if save:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    for place, text_id in _LABELS.items():
        dialog.setLabelText(place, tr(text_id))
    accept = tr("kit.file.save" if save else "kit.file.open")
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, accept)
    return dialog
