"""Where a schedule file goes: into the project in view, or into a new one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.ids import COMPANY_SCOPE
from app.core.people import LEADING
from app.core.projects import ProjectKind
from app.services.people import jobs_of
from app.services.projects import list_projects
from app.ui.kit.checks import RadioButton
from app.ui.kit.desk import Reader
from app.ui.kit.form import Form
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.labels import label
from app.ui.kit.measures import GAP_S
from app.ui.kit.text import tr

LONGEST_CODE: Final = 40
LONGEST_NAME: Final = 120
PLAN_SUFFIXES: Final = frozenset(
    {".gz", ".mpp", ".mpt", ".mpx", ".mspdi", ".pmxml", ".pp", ".xer", ".xml", ".zip"}
)


@dataclass(frozen=True, slots=True)
class Founding:
    """Whether this person may found projects, and the codes in use with their projects' names."""

    may_found: bool = False
    taken: Mapping[str, str] = field(default_factory=dict)


def read_founding(reader: Reader, login: str) -> Founding:
    """What this desk knows of both."""
    may_found = bool(LEADING & jobs_of(reader, login, COMPANY_SCOPE))
    return Founding(may_found, {one.code: one.name for one in list_projects(reader)})


def name_of(source: str) -> str:
    """A project's name from a file's: without the endings that programs hang on it."""
    path = PurePath(PurePath(source).stem)
    while path.suffix.lower() in PLAN_SUFFIXES and path.stem:
        path = PurePath(path.stem)
    return path.name.strip()[:LONGEST_NAME]


class ImportTargets(QWidget):
    """Two ways to go, each with the reason where it is closed; the form of a new project.

    `here_fault_id` says why the project in view cannot take the file, "" where it can.
    `changed()` when the other way was chosen.
    """

    changed = Signal()

    def __init__(self, source: str, founding: Founding, here_fault_id: str, today: date) -> None:
        super().__init__()
        self._founding = founding
        self.here = RadioButton(_with_reason("schedule.page.import_here", here_fault_id))
        new_fault_id = "" if founding.may_found else "schedule.page.import_new_leaders"
        self.new = RadioButton(_with_reason("schedule.page.import_new", new_fault_id))
        self.here.setEnabled(not here_fault_id)
        self.new.setEnabled(founding.may_found)
        self.form = Form(self._specs(), today=today, columns=2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        for widget in (self.here, self.new, self.form):
            column.addWidget(widget)
        if not self.is_possible:
            column.addWidget(label("schedule.page.import_nowhere", color="overdue", wrap=True))
        self._fill(name_of(source))
        if self.is_possible:
            (self.new if here_fault_id else self.here).setChecked(True)
        self.form.setVisible(self.new.isChecked())
        self.new.toggled.connect(self.form.setVisible)
        self.new.toggled.connect(lambda _on: self.changed.emit())

    @property
    def is_possible(self) -> bool:
        """Whether there is a way at all."""
        return self.here.isEnabled() or self.new.isEnabled()

    def take_keys(self) -> None:
        """Puts the keys on the way chosen."""
        (self.new if self.new.isChecked() else self.here).setFocus()

    def _fill(self, name: str) -> None:
        code = name[:LONGEST_CODE].strip()
        self.form.set_values({"name": name, "code": code, "kind": ProjectKind.RESIDENTIAL})
        fault = self._code_fault(code)
        if fault:
            self.form.show_faults({"code": fault})

    def _code_fault(self, code: object) -> str:
        name = self._founding.taken.get(str(code))
        return "" if name is None else tr("projects.code_taken", code=str(code), name=name)

    def _specs(self) -> list[FieldSpec]:
        return [
            FieldSpec("name", "schedule.page.project_name", required=True, most=200),
            FieldSpec(
                "code",
                "schedule.page.project_code",
                required=True,
                most=LONGEST_CODE,
                check=self._code_fault,
            ),
            FieldSpec(
                "kind", "projects.field.kind", "choice", required=True, choices=_project_kinds
            ),
        ]


def _project_kinds() -> tuple[tuple[object, str], ...]:
    return tuple((kind, tr(f"projects.kind.{kind.value}")) for kind in ProjectKind)


def _with_reason(text_id: str, fault_id: str) -> str:
    if not fault_id:
        return tr(text_id)
    return tr("schedule.page.import_closed", way=tr(text_id), why=tr(fault_id))
