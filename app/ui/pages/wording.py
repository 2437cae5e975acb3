"""Words that several pages say alike: stages of projects, days late, names of logins."""

from collections.abc import Mapping
from typing import Final

from app.core.projects import ProjectStage
from app.ui.kit.formats import NOTHING
from app.ui.kit.status import Status
from app.ui.kit.text import tr

STAGES: Final = {
    ProjectStage.PREPARING: Status.DRAFT,
    ProjectStage.ACTIVE: Status.RUNNING,
    ProjectStage.SUSPENDED: Status.WAITING,
    ProjectStage.COMPLETED: Status.DONE,
    ProjectStage.WARRANTY: Status.DONE,
}
COMMAND_LINE: Final = "gantry_admin"


def say_stage(stage: ProjectStage) -> str:
    """A project's stage in words."""
    return tr(f"projects.stage.{stage}")


def say_days_late(days: int) -> str:
    """Days late in words; a dash for none."""
    return tr("kit.days", count=days) if days else NOTHING


def say_person(login: str, names: Mapping[str, str]) -> str:
    """A colleague's name; the login where the name is not known."""
    if login == COMMAND_LINE:
        return tr("people.page.command_line")
    return names.get(login, login)
