"""What a form asks for, and the widget for each kind of field."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, cast

from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.kit.checks import CheckBox
from app.ui.kit.fields import ChoiceField, DateField, LinesField, NumberField, TextField
from app.ui.kit.text import tr

FieldKind = Literal["text", "secret", "number", "money", "date", "choice", "lines", "check", "mark"]
MARKS: Final = ("#2563EB", "#0F6B3A", "#93540A", "#B42318", "#7A28C9", "#0E7490", "#4B5563")


@dataclass(frozen=True)
class FieldSpec:
    """One question of a form. `choices` gives (value, words); `check` words for a fault, or "".

    Values by kind: text, secret, lines: str; number, money: Decimal or None; date: date or None;
    choice: the value chosen or None; check: bool; mark: a colour "#RRGGBB" or "".
    """

    key: str
    label_id: str
    kind: FieldKind = "text"
    required: bool = False
    hint_id: str = ""
    unit: str = ""
    most: int = 500
    places: int | None = None
    least: Decimal | None = None
    largest: Decimal | None = None
    choices: Callable[[], tuple[tuple[object, str], ...]] = tuple
    check: Callable[[object], str] | None = None


def make_field(spec: FieldSpec, today: date) -> QWidget:
    """The input widget of a field."""
    if spec.kind == "lines":
        return LinesField()
    if spec.kind == "check":
        return CheckBox()
    if spec.kind == "date":
        return DateField(today=today)
    if spec.kind in ("number", "money"):
        return NumberField(places=2 if spec.kind == "money" else spec.places)
    if spec.kind in ("choice", "mark"):
        choice = ChoiceField()
        choice.setPlaceholderText(tr("kit.choose"))
        return choice
    made = TextField(most=spec.most)
    if spec.kind == "secret":
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def choices_of(spec: FieldSpec) -> tuple[tuple[object, str], ...]:
    """What can be chosen, in the language in force."""
    if spec.kind == "mark":
        names = tuple((color, tr(f"kit.mark_{number}")) for number, color in enumerate(MARKS))
        return (("", tr("kit.mark_none")), *names)
    return spec.choices()


def value_of(widget: QWidget) -> object:
    """What a widget holds. ValueError with words for a person when it cannot be meant."""
    if isinstance(widget, NumberField):
        try:
            return widget.number()
        except ValueError as error:
            raise ValueError(tr("kit.fault_number")) from error
    if isinstance(widget, DateField):
        try:
            return widget.day()
        except ValueError as error:
            raise ValueError(tr("kit.fault_date")) from error
    if isinstance(widget, ChoiceField):
        return widget.value()
    if isinstance(widget, CheckBox):
        return widget.isChecked()
    if isinstance(widget, LinesField):
        return widget.toPlainText().strip()
    return cast(TextField, widget).text().strip()


def set_value(widget: QWidget, value: object) -> None:
    """Shows a value of the field's kind."""
    if isinstance(widget, NumberField):
        widget.set_number(cast(Decimal | None, value))
    elif isinstance(widget, DateField):
        widget.set_day(cast(date | None, value))
    elif isinstance(widget, ChoiceField):
        widget.set_value(value)
    elif isinstance(widget, CheckBox):
        widget.setChecked(bool(value))
    elif isinstance(widget, LinesField):
        widget.setPlainText(str(value or ""))
    else:
        cast(TextField, widget).setText(str(value or ""))


def fault_in(spec: FieldSpec, value: object) -> str:
    """Words for what is wrong with a value, "" when nothing is."""
    if value in (None, ""):
        return tr("kit.fault_required") if spec.required else ""
    if isinstance(value, Decimal):
        if spec.least is not None and value < spec.least:
            return tr("kit.fault_least", least=str(spec.least))
        if spec.largest is not None and value > spec.largest:
            return tr("kit.fault_largest", largest=str(spec.largest))
    if isinstance(value, str) and len(value) > spec.most:
        return tr("kit.fault_long", most=spec.most)
    return spec.check(value) if spec.check is not None else ""
