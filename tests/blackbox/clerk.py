"""A clerk: makes up commands from what the desk shows."""

import uuid
from collections.abc import Callable
from random import Random
from typing import Any, Final

COMPANY: Final = "00000000-0000-7000-8000-000000000001"
MOST_TASKS: Final = 150
_DAY: Final = [[480, 720], [780, 1020]]

Row = dict[str, Any]
Command = tuple[str, Row]


class Clerk:
    """Knows rows as one desk shows them, and what it has changed there itself."""

    def __init__(self, name: str, rng: Random, *, leads: bool) -> None:
        """`leads`: whether the person may found and edit projects and add people."""
        self._name = name
        self._leads = leads
        self._rng = rng
        self._count = 0
        self.most_projects = 1
        self.projects: dict[str, Row] = {}
        self.tasks: dict[str, dict[str, Row]] = {}

    def see_projects(self, rows: list[Row]) -> None:
        """What `gantry show projects` printed."""
        self.projects = {row["id"]: dict(row) for row in rows}

    def see_tasks(self, project_id: str, rows: list[Row]) -> None:
        """What `gantry show tasks` printed."""
        self.tasks[project_id] = {row["id"]: dict(row["values"]) for row in rows}

    def next(self) -> Command:
        """A command that makes sense to this clerk."""
        makers: list[tuple[int, Callable[[], Command]]] = [(1, self._add_person)]
        if self._leads and len(self.projects) < self.most_projects:
            makers.append((4 if self.projects else 100, self.found))
        if self._leads and self.projects:
            makers.append((30, lambda: self.edit(self._one_of(self.projects))))
        if bare := sorted(set(self.projects) - set(self.tasks)):
            makers.append((4, lambda: self._set_up(self._rng.choice(bare))))
        planned = sorted(set(self.projects) & set(self.tasks))
        if room := [one for one in planned if len(self.tasks[one]) < MOST_TASKS]:
            makers.append((20, lambda: self._add_task(self._rng.choice(room))))
        if filled := [one for one in planned if self.tasks[one]]:
            makers.append((40, lambda: self._edit_task(self._rng.choice(filled))))
        weights = [weight for weight, _ in makers]
        return self._rng.choices([make for _, make in makers], weights)[0]()

    def saved(self, kind: str, payload: Row) -> None:
        """The desk took the command: from now on it shows what this one wrote."""
        scope = payload["scope_id"]
        if kind == "projects.create":
            self.projects[scope] = {**payload, "id": scope, "owner_name": ""}
        elif kind == "projects.edit" and scope in self.projects:
            self.projects[scope].update(payload["values"])
        elif kind == "schedule.set_up":
            self.tasks.setdefault(scope, {})
        elif kind == "schedule.add_task":
            new = {"note": "", "duration_minutes": payload["duration_minutes"]}
            self.tasks[scope][payload["task_id"]] = new
        elif kind == "schedule.edit_task":
            self.tasks[scope][payload["task_id"]].update(payload["values"])

    def _one_of(self, rows: dict[str, Row]) -> str:
        """Often the same row as everybody else's, so that edits meet."""
        ids = sorted(rows)
        return ids[0] if self._rng.random() < 0.4 else self._rng.choice(ids)

    def _mark(self) -> str:
        self._count += 1
        return f"{self._name} {self._count}"

    def _id(self) -> str:
        return str(uuid.UUID(int=self._rng.getrandbits(128), version=4))

    def found(self) -> Command:
        """Founds a project."""
        mark = self._mark()
        return "projects.create", {
            "scope_id": self._id(),
            "member_id": self._id(),
            # Two desks may choose the same code, and the second is refused.
            "code": f"BB-{self._rng.randrange(300)}",
            "name": f"滨江花园 {mark}",
            "kind": "residential",
            "planned_start": "2026-03-01",
            "note": mark,
        }

    def edit(self, project: str) -> Command:
        """Edits a project that this clerk knows."""
        values = {"note": self._mark()}
        if self._rng.random() < 0.2:
            values["owner_name"] = f"业主 {values['note']}"
        base = {name: self.projects[project][name] for name in values}
        return "projects.edit", {"scope_id": project, "base": base, "values": values}

    def _set_up(self, project: str) -> Command:
        return "schedule.set_up", {
            "scope_id": project,
            "calendar_id": self._id(),
            "calendar_name": "六天工作制",
            "week": [_DAY, _DAY, _DAY, _DAY, _DAY, _DAY, []],
            "days": [],
            "start_at": "2026-03-02T08:00:00",
        }

    def _add_task(self, project: str) -> Command:
        return "schedule.add_task", {
            "scope_id": project,
            "task_id": self._id(),
            # After a task that is nowhere: at the end, so that no other row has to move.
            "after_id": self._id(),
            "name": f"砌筑 {self._mark()}",
            "duration_minutes": 60 * self._rng.randrange(1, 100),
        }

    def _edit_task(self, project: str) -> Command:
        task = self._one_of(self.tasks[project])
        values: Row = {"note": self._mark()}
        if self._rng.random() < 0.3:
            values["duration_minutes"] = 60 * self._rng.randrange(1, 100)
        base = {name: self.tasks[project][task][name] for name in values}
        payload = {"scope_id": project, "task_id": task, "base": base, "values": values}
        return "schedule.edit_task", payload

    def _add_person(self) -> Command:
        login = f"{self._name.replace('-', '.')}.{self._id()[:8]}"
        return "people.add", {
            "scope_id": COMPANY,
            "person_id": self._id(),
            "member_id": self._id(),
            "login": login,
            "display_name": f"新来的 {self._mark()}",
            "job": "planner",
        }
