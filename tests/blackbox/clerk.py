"""A clerk: makes up commands from what the desk shows."""

from collections.abc import Callable
from random import Random
from typing import Final

from tests.blackbox.money import MoneyWork
from tests.blackbox.pen import Command, Maker, Pen, Row, Work
from tests.blackbox.plan import PlanWork
from tests.blackbox.store import StoreWork

COMPANY: Final = "00000000-0000-7000-8000-000000000001"
MOST_FOUNDED: Final = 2
WORKS: Final[dict[str, tuple[Callable[[Pen], Work], ...]]] = {
    "administrator": (PlanWork, StoreWork, MoneyWork),
    "planner": (PlanWork,),
    "storekeeper": (StoreWork,),
}
"""Which job works in which fields."""


class Clerk:
    """Knows rows as one desk shows them, and what it has changed there itself."""

    def __init__(self, name: str, rng: Random, job: str) -> None:
        self._pen = Pen(name, rng)
        self._leads = job == "administrator"
        self.works = [work(self._pen) for work in WORKS[job]]
        self._founded = 0
        self.projects: dict[str, Row] = {}

    def see(self, rows: list[Row]) -> None:
        """What `gantry show projects` printed."""
        self.projects = {row["id"]: dict(row) for row in rows}

    def next(self) -> Command:
        """A command that makes sense to this clerk."""
        makers: list[Maker] = [(1, self._add_person)]
        if self._leads and self._founded < MOST_FOUNDED:
            makers.append((4 if self.projects else 100, self.found))
        if self._leads and self.projects:
            makers.append((30, lambda: self.edit(self._pen.one_of(self.projects))))
        for work in self.works:
            makers += work.makers(self.projects)
        weights = [weight for weight, _ in makers]
        return self._pen.rng.choices([make for _, make in makers], weights)[0]()

    def saved(self, kind: str, payload: Row) -> None:
        """The desk took the command: from now on it shows what this one wrote."""
        scope = payload["scope_id"]
        if kind == "projects.create":
            self.projects[scope] = {**payload, "id": scope, "owner_name": ""}
        elif kind == "projects.edit" and scope in self.projects:
            self.projects[scope].update(payload["values"])
        for work in self.works:
            work.saved(kind, payload)

    def found(self) -> Command:
        """Founds a project."""
        mark = self._pen.mark()
        self._founded += 1
        return "projects.create", {
            "scope_id": self._pen.id(),
            "member_id": self._pen.id(),
            # Two desks may choose the same code, and the second is refused.
            "code": f"BB-{self._pen.rng.randrange(300)}",
            "name": f"滨江花园 {mark}",
            "kind": "residential",
            "planned_start": "2026-03-01",
            "note": mark,
        }

    def edit(self, project: str) -> Command:
        """Edits a project that this clerk knows."""
        values = {"note": self._pen.mark()}
        if self._pen.rng.random() < 0.2:
            values["owner_name"] = f"业主 {values['note']}"
        base = {name: self.projects[project][name] for name in values}
        return "projects.edit", {"scope_id": project, "base": base, "values": values}

    def _add_person(self) -> Command:
        login = f"{self._pen.name.replace('-', '.')}.{self._pen.id()[:8]}"
        return "people.add", {
            "scope_id": COMPANY,
            "person_id": self._pen.id(),
            "member_id": self._pen.id(),
            "login": login,
            "display_name": f"新来的 {self._pen.mark()}",
            "job": "planner",
        }
