"""Columns: people, jobs by project, and rights by job."""

from collections.abc import Callable, Mapping
from typing import Final

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.people import PersonView
from app.ui.kit.columns import Column
from app.ui.kit.formats import NOTHING
from app.ui.kit.status import Status
from app.ui.kit.text import tr
from app.ui.pages.people.standing import CommandRight, ScopeRow, held_in, say_job, say_jobs

JOB_WIDTHS: Final[Mapping[Job, int]] = {
    Job.ADMINISTRATOR: 108,
    Job.MANAGER: 128,
    Job.PROJECT_MANAGER: 124,
    Job.FINANCE_CLERK: 104,
    Job.COMMERCIAL: 140,
    Job.SAFETY_OFFICER: 104,
    Job.QUALITY_OFFICER: 108,
}
"""Pixels of a job's column where the name of the job needs more than the others."""
OTHER_JOBS: Final = 96


def active_choices(_row: PersonView) -> tuple[tuple[object, str], ...]:
    """With the company, or gone."""
    return ((True, tr("people.page.active")), (False, tr("people.page.inactive")))


def people_columns(may_edit: Callable[[PersonView], bool]) -> tuple[Column[PersonView], ...]:
    """Columns of the list of people; `may_edit` is asked for each row."""
    return (
        Column(
            "display_name",
            "people.page.name",
            lambda row: row.display_name,
            width=120,
            editable=may_edit,
            required=True,
            bold=lambda row: row.active,
        ),
        Column("login", "people.page.login", lambda row: row.login, width=140),
        Column("phone", "people.page.phone", lambda row: row.phone, width=130, editable=may_edit),
        Column(
            "active",
            "people.page.state",
            lambda row: Status.RUNNING if row.active else Status.DRAFT,
            "status",
            88,
            words=lambda row: tr("people.page.active" if row.active else "people.page.inactive"),
            editable=may_edit,
            choices=active_choices,
        ),
        Column(
            "company",
            "people.page.company_jobs",
            lambda row: say_jobs(held_in(row, COMPANY_SCOPE)),
            width=160,
        ),
        Column("projects", "people.page.projects", _projects, "number", 84, words=_say_projects),
    )


def _projects(row: PersonView) -> int:
    return len({held.scope_id for held in row.memberships} - {COMPANY_SCOPE})


def _say_projects(row: PersonView) -> str:
    return str(_projects(row)) if _projects(row) else NOTHING


def matrix_columns() -> tuple[Column[ScopeRow], ...]:
    """A column for the scope, then one for each job with the people who hold it."""
    name: Column[ScopeRow] = Column(
        "scope",
        "people.page.scope",
        lambda row: row.scope.say(),
        width=190,
        bold=lambda row: row.scope.may_grant,
    )
    return (name, *(_holders_column(job) for job in Job))


def _holders_column(job: Job) -> Column[ScopeRow]:
    return Column(
        job.value,
        f"people.job.{job}",
        lambda row: tr("people.page.comma").join(
            person.display_name for person in row.holders.get(job, ())
        ),
        width=JOB_WIDTHS.get(job, OTHER_JOBS),
    )


def rights_columns() -> tuple[Column[CommandRight], ...]:
    """What may be done, and a column for each job."""
    return (
        Column(
            "kind",
            "people.page.may_what",
            lambda row: tr(row.kind),
            width=168,
            bold=lambda _row: True,
        ),
        *(_job_column(job) for job in Job),
        Column(
            "online",
            "people.page.needs_link",
            lambda row: row.online_only,
            width=132,
            words=lambda row: tr(
                "people.page.online_only" if row.online_only else "people.page.works_offline"
            ),
            tone=lambda _row: "text_2",
        ),
    )


def _job_column(job: Job) -> Column[CommandRight]:
    return Column(
        job.value,
        f"people.job.{job}",
        lambda row: Status.DONE if job in row.jobs else None,
        width=JOB_WIDTHS.get(job, OTHER_JOBS),
        words=lambda row: tr("people.page.may") if job in row.jobs else "",
    )


def job_words(job: Job) -> tuple[str, str]:
    """A job, and what it may do."""
    return say_job(job), tr(f"people.page.may.{job}")
