"""The sample company is the same for the same seed, and believable."""

from collections import Counter
from datetime import date

from app.core.schedule.network import ActivityKind
from app.server.sample.company import SampleCompany
from app.services.schedule.imports import ImportSchedule

TODAY = date(2026, 3, 24)


def test_the_same_seed_and_day_give_the_same_company() -> None:
    assert list(SampleCompany(TODAY).commands()) == list(SampleCompany(TODAY).commands())


def test_another_seed_gives_another() -> None:
    one, other = (list(SampleCompany(TODAY, seed).commands()) for seed in (1, 2))
    assert one != other


def test_a_dozen_projects_in_all_stages() -> None:
    commands = list(SampleCompany(TODAY).commands())
    kinds = Counter(issued.command.KIND for issued in commands)
    assert kinds["projects.create"] == kinds["schedule.import"] == 12
    plans = [issued.command for issued in commands if isinstance(issued.command, ImportSchedule)]
    shares = [
        sum(task.fields.percent_complete == 1 for task in plan.tasks) / len(plan.tasks)
        for plan in plans
    ]
    assert min(shares) == 0
    assert max(shares) > 0.5
    for plan in plans:
        milestones = [t for t in plan.tasks if t.fields.kind is ActivityKind.FINISH_MILESTONE]
        assert milestones
        assert len(plan.links) > len(plan.tasks) / 2
