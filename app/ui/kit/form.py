"""A form of labelled fields, each fault below its field; keeps what was typed."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import GantryError, InputRejected
from app.ui.kit.checks import CheckBox
from app.ui.kit.fields import ChoiceField, LinesField, TextField
from app.ui.kit.form_fields import FieldSpec, choices_of, fault_in, make_field, set_value, value_of
from app.ui.kit.labels import IconMark, Label
from app.ui.kit.measures import GAP_L, GAP_M, GAP_S, GRID, ICON, TYPE_SMALL
from app.ui.kit.text import say_reason, texts, tr

SWATCH = 12
WIDEST_FIELD = 560


class Form(QWidget):
    """`submitted(values)` by Enter or `submit()` if nothing is wrong; `touched` on typing."""

    submitted = Signal(object)
    touched = Signal()

    def __init__(
        self,
        specs: Sequence[FieldSpec],
        *,
        today: date,
        columns: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._specs = {spec.key: spec for spec in specs}
        self._lines = {spec.key: _FieldLine(spec, today) for spec in specs}
        self._untouched: dict[str, object] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP_L)
        grid.setVerticalSpacing(GAP_M)
        for number, spec in enumerate(specs):
            grid.addWidget(
                self._lines[spec.key],
                number // columns,
                number % columns,
                Qt.AlignmentFlag.AlignTop,
            )
        grid.setRowStretch(len(specs), 1)
        for line in self._lines.values():
            self._watch(line)
        self._retranslate()
        self._untouched = self._typed()
        texts().language_changed.connect(self._retranslate)

    def field(self, key: str) -> QWidget:
        """The input widget of a field."""
        return self._lines[key].input

    def take_keys(self) -> None:
        """Puts the keys on the first field; also before the form is shown."""
        first = next(iter(self._lines.values()), None)
        if first is not None:
            first.input.setFocus()

    def set_values(self, values: Mapping[str, object]) -> None:
        """Fills the form; fields left out keep what they hold. Counts as untouched from here."""
        for key, value in values.items():
            set_value(self._lines[key].input, value)
        self.clear_faults()
        self._untouched = self._typed()

    def values(self) -> dict[str, object]:
        """The values of fields that can be meant; call `find_faults` first."""
        found: dict[str, object] = {}
        for key, line in self._lines.items():
            try:
                found[key] = value_of(line.input)
            except ValueError:
                continue
        return found

    def find_faults(self) -> dict[str, str]:
        """Every fault by field, shown at the fields; empty when all is well."""
        faults = self._faults()
        self.show_faults(faults)
        return faults

    def _faults(self) -> dict[str, str]:
        faults: dict[str, str] = {}
        for key, line in self._lines.items():
            try:
                fault = fault_in(self._specs[key], value_of(line.input))
            except ValueError as error:
                fault = str(error)
            if fault:
                faults[key] = fault
        return faults

    def _show(self, faults: Mapping[str, str]) -> None:
        for key, line in self._lines.items():
            line.show_fault(faults.get(key, ""))

    def show_faults(self, faults: Mapping[str, str]) -> None:
        """Writes faults below their fields and puts the keys on the first one."""
        self._show(faults)
        first = next((key for key in self._lines if key in faults), None)
        if first is not None:
            self._lines[first].input.setFocus()

    def show_refusal(self, error: GantryError) -> str:
        """Marks the fields that a refusal names; returns words for what belongs to no field."""
        if not isinstance(error, InputRejected):
            return say_reason(error.reason)
        known = {f.where: say_reason(f.reason) for f in error.findings if f.where in self._lines}
        rest = [say_reason(f.reason) for f in error.findings if f.where not in self._lines]
        self.show_faults(known)
        return "\n".join(rest)

    def clear_faults(self) -> None:
        """Takes all faults away."""
        self.show_faults({})

    def is_touched(self) -> bool:
        """Whether anything differs from what the form was filled with."""
        return self._typed() != self._untouched

    def submit(self) -> None:
        """Tells `submitted` unless something is wrong."""
        if not self.find_faults():
            self.submitted.emit(self.values())

    def _typed(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, line in self._lines.items():
            widget = line.input
            found[key] = widget.text() if isinstance(widget, QLineEdit) else value_of(widget)
        return found

    def _watch(self, line: "_FieldLine") -> None:
        widget = line.input
        if isinstance(widget, TextField):
            widget.textEdited.connect(line.clear_fault)
            widget.textEdited.connect(self.touched)
            widget.returnPressed.connect(self.submit)
        elif isinstance(widget, LinesField):
            widget.textChanged.connect(line.clear_fault)
            widget.textChanged.connect(self.touched)
        elif isinstance(widget, ChoiceField):
            widget.activated.connect(line.clear_fault)
            widget.activated.connect(self.touched)
        elif isinstance(widget, CheckBox):
            widget.clicked.connect(self.touched)

    def _retranslate(self) -> None:
        was_faulty = any(line.is_faulty for line in self._lines.values())
        for line in self._lines.values():
            line.retranslate()
        if was_faulty:
            self._show(self._faults())


class _FieldLine(QWidget):
    """Label, input, and the fault or hint below."""

    def __init__(self, spec: FieldSpec, today: date) -> None:
        super().__init__()
        self._spec = spec
        self._fault = ""
        self.input = make_field(spec, today)
        self._label = Label("", TYPE_SMALL, color="text_2")
        self._label.setBuddy(self.input)
        self._below = Label("", TYPE_SMALL, color="text_3", wrap=True)
        self._mark = IconMark("error", "overdue", ICON - 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        is_check = isinstance(self.input, CheckBox)
        if not is_check:
            column.addWidget(self._label)
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        row.addWidget(self.input, 1)
        if spec.unit:
            row.addWidget(Label(spec.unit, color="text_2"))
        column.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._below, 1)
        column.addLayout(below)
        self.setMaximumWidth(WIDEST_FIELD)

    @property
    def is_faulty(self) -> bool:
        """Whether a fault is shown."""
        return bool(self._fault)

    def show_fault(self, fault: str) -> None:
        """Shows a fault, or the hint again when there is none."""
        self._fault = fault
        if isinstance(self.input, TextField | LinesField | ChoiceField):
            self.input.set_faulty(bool(fault))
        self._show_below()

    def clear_fault(self) -> None:
        """Takes the fault away, once the person types again."""
        if self._fault:
            self.show_fault("")

    def retranslate(self) -> None:
        """Says everything in the language in force."""
        words = tr(self._spec.label_id)
        self._label.setText(f"{words} *" if self._spec.required else words)
        self.input.setAccessibleName(words)
        if isinstance(self.input, CheckBox):
            self.input.setText(words)
        if isinstance(self.input, ChoiceField):
            self.input.setPlaceholderText(tr("kit.choose"))
            self.input.set_choices(choices_of(self._spec))
            self._paint_swatches(self.input)
        self._show_below()

    def _show_below(self) -> None:
        hint = tr(self._spec.hint_id) if self._spec.hint_id else ""
        self._below.setText(self._fault or hint)
        self._below.set_color("overdue" if self._fault else "text_3")
        self._below.setVisible(bool(self._fault or hint))
        self._mark.setVisible(bool(self._fault))
        self.input.setAccessibleDescription(self._fault or hint)

    def _paint_swatches(self, field: ChoiceField) -> None:
        if self._spec.kind != "mark":
            return
        for place in range(1, field.count()):
            swatch = QPixmap(SWATCH, SWATCH)
            swatch.fill(QColor(str(field.itemData(place))))
            field.setItemIcon(place, QIcon(swatch))
