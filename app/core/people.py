"""Jobs: what a person may do follows from the job held in a scope."""

from enum import StrEnum


class Job(StrEnum):
    """The jobs of a construction company that the program knows."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    PROJECT_MANAGER = "project_manager"
    PLANNER = "planner"
    FINANCE_CLERK = "finance_clerk"
    STOREKEEPER = "storekeeper"
    COMMERCIAL = "commercial"
    SAFETY_OFFICER = "safety_officer"
    QUALITY_OFFICER = "quality_officer"
    LABOUR_CLERK = "labour_clerk"


EVERYONE = frozenset(Job)
PLANNING = frozenset({Job.ADMINISTRATOR, Job.PROJECT_MANAGER, Job.PLANNER})
MONEY = frozenset(
    {Job.ADMINISTRATOR, Job.MANAGER, Job.PROJECT_MANAGER, Job.FINANCE_CLERK, Job.COMMERCIAL}
)
"""Jobs that may see money: on the server their group roles alone may read its tables."""
LEADING = frozenset({Job.ADMINISTRATOR, Job.PROJECT_MANAGER})
