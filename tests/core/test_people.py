"""Jobs: every set of jobs is made of jobs, and administrators are in all."""

import pytest

from app.core.people import EVERYONE, LEADING, PLANNING, Job
from app.texts import LANGUAGES, Language, words


def test_who_leads_also_plans() -> None:
    assert LEADING < PLANNING < EVERYONE == frozenset(Job)
    assert Job.ADMINISTRATOR in LEADING


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("job", Job)
def test_every_job_is_named_and_explained(job: Job, language: Language) -> None:
    assert words(language)[f"people.job.{job}"]
    assert words(language)[f"people.page.may.{job}"]


def test_jobs_fit_into_a_role_name() -> None:
    # PostgreSQL's names end at 63 bytes; the role is gantry_job_<job>.
    assert all(len(f"gantry_job_{job}") < 63 and job.isascii() for job in Job)
