"""One person's jobs, and the means to give and take them; beside the tables."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.core.people import Job
from app.services.people import MembershipView, PersonView
from app.ui.kit.badge import StatusPill
from app.ui.kit.buttons import Button, button
from app.ui.kit.fields import ChoiceField
from app.ui.kit.labels import ElidedLabel, Ground, Label, Line, label
from app.ui.kit.measures import (
    BUTTON,
    GAP_L,
    GAP_M,
    GAP_S,
    GRID,
    TYPE_NUMBER,
    TYPE_SMALL,
    TYPE_TITLE,
)
from app.ui.kit.scroll import calm
from app.ui.kit.status import Status
from app.ui.kit.text import say, say_reason, texts, tr
from app.ui.pages.people.standing import (
    Scope,
    Standing,
    jobs_by_scope,
    jobs_open_in,
    say_job,
    why_not_revoked,
)
from app.ui.pages.people.tables import job_words

WIDTH = 332


class PersonPanel(Ground):
    """`grant_asked(login, scope id, job)` and `revoke_asked(login, membership)`."""

    grant_asked = Signal(str, object, object)
    revoke_asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("surface", ("left",))
        self.setFixedWidth(WIDTH)
        self._standing: Standing | None = None
        self._person: PersonView | None = None
        self._is_waiting = False
        self._name = ElidedLabel("", TYPE_NUMBER, bold=True)
        self._login = ElidedLabel("", TYPE_SMALL, color="text_2")
        self._state = StatusPill(Status.RUNNING)
        self.scope = ChoiceField()
        self.job = ChoiceField()
        self.grant = button("people.page.grant", "primary", icon_name="add")
        self.revokes: dict[UUID, Button] = {}
        self._answer = Label("", wrap=True, color="text_2")
        self._jobs = QWidget()
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_S)
        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._state)
        column.addLayout(top)
        column.addWidget(self._login)
        column.addSpacing(GAP_S)
        column.addWidget(label("people.page.jobs_held", TYPE_TITLE, bold=True))
        scroll = QScrollArea()
        calm(scroll)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._jobs)
        for see_through in (scroll.viewport(), self._jobs):
            see_through.setAutoFillBackground(False)
        self._rows = QVBoxLayout(self._jobs)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(GRID)
        column.addWidget(scroll, 1)
        column.addWidget(Line())
        column.addWidget(label("people.page.grant_title", TYPE_TITLE, bold=True))
        for field, text_id in ((self.scope, "people.page.scope"), (self.job, "people.page.job")):
            column.addWidget(label(text_id, TYPE_SMALL, color="text_2"))
            say(field, text_id, "name")
            say_choose(field)
            column.addWidget(field)
        column.addWidget(self.grant, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._answer)
        self.scope.picked.connect(lambda _scope: self._offer_jobs())
        self.grant.clicked.connect(self._ask_grant)

    @property
    def login(self) -> str:
        """Login of the person shown, "" for none."""
        return self._person.login if self._person else ""

    @property
    def answer(self) -> str:
        """What is said about the last grant or revocation."""
        return self._answer.text()

    def show_person(self, standing: Standing, person: PersonView | None) -> None:
        """Shows a person with jobs as they stand."""
        if person is None or self._person is None or person.login != self._person.login:
            self.say_answer("")
        self._standing, self._person = standing, person
        self._name.setText(person.display_name if person else tr("people.page.nobody"))
        phone = f" · {person.phone}" if person and person.phone else ""
        self._login.setText(f"{person.login}{phone}" if person else "")
        active = person is None or person.active
        word = tr("people.page.active" if active else "people.page.inactive")
        self._state.setVisible(person is not None)
        self._state.set_status(Status.RUNNING if active else Status.DRAFT, word)
        self._list_jobs()
        granting = [scope for scope in standing.scopes if scope.may_grant]
        self.scope.set_choices([(scope.id, scope.say()) for scope in granting])
        self._offer_jobs()

    def choose(self, scope_id: UUID, job: Job | None) -> None:
        """Prepares a grant in a scope."""
        self.scope.set_value(scope_id)
        self._offer_jobs()
        if job is not None:
            self.job.set_value(job)
        self._show_state()

    def wait(self) -> None:
        """Says that the server is being asked; nothing can be asked meanwhile."""
        self._is_waiting = True
        self._answer.set_color("waiting")
        self._answer.setText(tr("people.page.asking"))
        self._show_state()

    def say_answer(self, words: str, *, refused: bool = False) -> None:
        """Says what came of it."""
        self._is_waiting = False
        self._answer.set_color("overdue" if refused else "done")
        self._answer.setText(words)
        self._show_state()

    def retranslate(self) -> None:
        """Says everything in the language in force."""
        if self._standing is not None:
            self.show_person(self._standing, self._person)

    def _list_jobs(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.revokes = {}
        if self._standing is not None and self._person is not None:
            held = jobs_by_scope(self._person, self._standing)
            for scope, memberships in held.items():
                self._rows.addWidget(Label(scope.say(), TYPE_SMALL, color="text_2"))
                for membership in memberships:
                    self._rows.addWidget(self._job_row(scope, membership, self._standing))
            if not held:
                self._rows.addWidget(label("people.page.no_jobs", color="text_2", wrap=True))
        self._rows.addStretch(1)

    def _job_row(self, scope: Scope, held: MembershipView, standing: Standing) -> QWidget:
        row = QWidget()
        row.setMinimumHeight(BUTTON)
        line = QHBoxLayout(row)
        line.setContentsMargins(GAP_M, 0, 0, 0)
        line.addWidget(Label(say_job(held.job)), 1)
        why_not = why_not_revoked(standing, held)
        if why_not is not None:
            line.addWidget(Label(tr("people.page.last_one"), TYPE_SMALL, color="text_2"))
            row.setToolTip(say_reason(why_not))
        elif scope.may_grant:
            revoke = button("people.page.revoke", "link")
            login = self.login
            revoke.setAccessibleName(
                f"{tr('people.page.revoke')} {say_job(held.job)} {scope.say()}"
            )
            revoke.clicked.connect(lambda: self.revoke_asked.emit(login, held))
            revoke.setEnabled(not self._is_waiting)
            line.addWidget(revoke)
            self.revokes[held.id] = revoke
        return row

    def _offer_jobs(self) -> None:
        scope_id = self.scope.value()
        jobs = jobs_open_in(scope_id) if isinstance(scope_id, UUID) else ()
        self.job.set_choices([(job, say_job(job)) for job in jobs])
        self._show_state()

    def _show_state(self) -> None:
        may = bool(self.scope.count()) and self._person is not None and not self._is_waiting
        self.grant.setEnabled(may and self._person is not None and self._person.active)
        self.scope.setEnabled(may)
        self.job.setEnabled(may)
        for revoke in self.revokes.values():
            revoke.setEnabled(not self._is_waiting)

    def _ask_grant(self) -> None:
        scope_id, job = self.scope.value(), self.job.value()
        for field, value in ((self.scope, scope_id), (self.job, job)):
            field.set_faulty(value is None)
        if self._person is not None and scope_id is not None and job is not None:
            self.grant_asked.emit(self._person.login, scope_id, job)


def say_choose(field: ChoiceField) -> None:
    """Says in an empty choice that something is to be chosen."""
    texts().bind(field, "placeholder", lambda: tr("kit.choose"))


class JobsPanel(Ground):
    """The jobs explained, one below the other."""

    def __init__(self) -> None:
        super().__init__("surface", ("left",))
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        calm(scroll)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        lines = QVBoxLayout(holder)
        lines.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        lines.setSpacing(GRID)
        lines.addWidget(label("people.page.jobs_title", TYPE_TITLE, bold=True))
        lines.addWidget(label("people.page.jobs_rule", TYPE_SMALL, color="text_2", wrap=True))
        self._words: list[tuple[Job, Label, Label]] = []
        for job in Job:
            name, may = Label("", bold=True), Label("", TYPE_SMALL, color="text_2", wrap=True)
            lines.addSpacing(GAP_S)
            lines.addWidget(name)
            lines.addWidget(may)
            self._words.append((job, name, may))
        lines.addStretch(1)
        scroll.setWidget(holder)
        for see_through in (scroll.viewport(), holder):
            see_through.setAutoFillBackground(False)
        column.addWidget(scroll)
        self.retranslate()

    def retranslate(self) -> None:
        """Says everything in the language in force."""
        for job, name, may in self._words:
            name_words, may_words = job_words(job)
            name.setText(name_words)
            may.setText(may_words)
