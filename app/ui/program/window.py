"""The main window over an open desk."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.ids import COMPANY_SCOPE
from app.core.projects import ProjectStage
from app.services.changes import Changes
from app.services.home import to_decide
from app.services.people import PersonView, list_people
from app.services.projects import ProjectView, list_projects
from app.sync.desk import Desk
from app.ui.kit.desk import LayoutStore
from app.ui.kit.dialogs import show_notice
from app.ui.kit.layouts import FileLayouts
from app.ui.kit.page import Account, PageSpec
from app.ui.kit.runner import Runner
from app.ui.main_window import MainWindow
from app.ui.pages.home import home_page
from app.ui.pages.ledger import ledger_page
from app.ui.pages.people import people_page
from app.ui.pages.projects import projects_page
from app.ui.pages.reconcile import reconcile_page
from app.ui.pages.schedule import schedule_page
from app.ui.pages.settings import settings_page
from app.ui.pages.settings.look import Look
from app.ui.pages.tools import PageTools
from app.ui.program.door import DeskDoor, LinkWatch, shown
from app.ui.program.doors import Checks, page_tools
from app.ui.program.records import Records
from app.ui.shell.link_state import LinkState
from app.ui.shell.top_bar import ProjectChoice

LAYOUT_FILE: Final = "window.json"
PROJECT_KEY: Final = "window.project"
FIRST_FRAME_MS: Final = 200


def all_pages(tools: PageTools) -> tuple[PageSpec, ...]:
    """Every page, in the order of the navigation."""
    return (
        home_page(tools),
        projects_page(tools),
        schedule_page(tools),
        ledger_page(tools),
        people_page(tools),
        reconcile_page(tools),
        settings_page(tools),
    )


def account_of(people: Sequence[PersonView], login: str) -> Account:
    """Who is signed in, as the shell shows it; someone of whom nothing is known has no job."""
    found = next((person for person in people if person.login == login), None)
    if found is None:
        return Account(COMPANY_SCOPE, login)
    jobs = sorted({member.job for member in found.memberships})
    company = [member.job for member in found.memberships if member.scope_id == COMPANY_SCOPE]
    role_id = f"people.job.{(company or jobs)[0]}" if jobs else ""
    return Account(found.id, found.display_name, role_id, frozenset(jobs))


class DeskWindow(QObject):
    """A window, and what keeps it in step with its desk. `close()` before the desk is closed."""

    closed = Signal()
    sign_out_asked = Signal()

    def __init__(
        self,
        desk: Desk,
        checks: Checks,
        layouts: LayoutStore | None = None,
        *,
        starts_link: bool = False,
    ) -> None:
        """Remembers how it was set up in `layouts`, else in a file of the profile.

        With `starts_link` the desk's link is started after the first frame: connecting and reading
        would take the processor from it.
        """
        super().__init__()
        self._desk = desk
        self._clashes = 0
        self._link = LinkState("connecting")
        self._door = DeskDoor(desk)
        self.runner = Runner(self._door, self)
        self.runner.hold()
        self.layouts = layouts or FileLayouts(desk.profile.folder / LAYOUT_FILE)
        self.specs = all_pages(page_tools(desk, checks, self.sign_out_asked.emit))
        with desk.read() as session:
            people, projects = list_people(session), list_projects(session)
            self._clashes = to_decide(session, desk.status().login)
        self.window = MainWindow(
            self.specs,
            self.runner,
            self.layouts,
            account_of(people, desk.status().login),
            sources=[Records(desk.search, self._open_record)],
            projects=_choices(projects),
        )
        self._starts_link = starts_link
        self._first_frame = self._await_first_frame()
        Look(self.layouts, self).restore()
        self._watch = LinkWatch(desk, self)
        self._watch.changed.connect(self._show_link)
        self._watch.noticed.connect(partial(show_notice, self.window))
        self._choose_first(projects)
        self.window.context.project.changed.connect(self._keep_project)
        state = shown(desk.status(), None)
        connecting = starts_link and state.is_offline
        self._show_link(replace(state, link="connecting") if connecting else state)
        self.window.retry_asked.connect(desk.retry)
        self.window.closed.connect(self.closed)
        self.window.sign_out_asked.connect(self.sign_out_asked)
        self.runner.changed.connect(self._refresh)

    def close(self) -> None:
        """Ends the threads of the window, and it; edits under way are stored first."""
        self._first_frame.stop()
        self._watch.stop()
        self._door.close()
        self.runner.shutdown()
        self.window.deleteLater()
        self.deleteLater()

    def _await_first_frame(self) -> QTimer:
        # A window that is not painted, as it was started minimised, begins all the same.
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self._begin)
        timer.start(FIRST_FRAME_MS)
        self.window.pages.painted.connect(self._begin)
        return timer

    def _begin(self) -> None:
        self._first_frame.stop()
        self.runner.release()
        self._watch.tell_notices(self._desk.status().notices)
        if self._starts_link:
            self._starts_link = False
            self._desk.start()

    def _choose_first(self, projects: Sequence[ProjectView]) -> None:
        """The project of the last time, else the first active one: most pages show one."""
        kept = self.layouts.load(PROJECT_KEY)
        ids = {str(project.id): project.id for project in projects}
        if kept in ids:
            self.window.context.project.choose(ids[kept])
        elif projects and kept is None:
            active = [project for project in projects if project.stage is ProjectStage.ACTIVE]
            self.window.context.project.choose((active or projects)[0].id)

    def _keep_project(self, project_id: UUID | None) -> None:
        self.layouts.save(PROJECT_KEY, "" if project_id is None else str(project_id))

    def _open_record(self, page: str, scope_id: UUID, row_id: UUID) -> None:
        if scope_id != COMPANY_SCOPE:
            self.window.context.project.choose(scope_id)
        self.window.navigate(page, row_id)

    def _refresh(self, changes: Changes) -> None:
        if changes.touches("project"):
            self.runner.query(self, list_projects, self._show_projects, key="projects")
        if changes.touches("conflict"):
            login = self._desk.status().login
            self.runner.query(
                self, lambda session: to_decide(session, login), self._count, key="clashes"
            )

    def _count(self, clashes: int) -> None:
        self._clashes = clashes
        self._show_link(self._link)

    def _show_link(self, state: LinkState) -> None:
        self._link = state
        waiting = state.to_decide + self._clashes
        self.window.show_link(replace(state, to_decide=waiting))

    def _show_projects(self, projects: list[ProjectView]) -> None:
        project = self.window.context.project
        if project.project_id not in {None, *(known.id for known in projects)}:
            project.choose(None)
        self.window.top_bar.set_projects(_choices(projects))


def _choices(projects: Sequence[ProjectView]) -> list[ProjectChoice]:
    return [ProjectChoice(project.id, project.name) for project in projects]
