"""Work on schedules: tasks are added and edited."""

from collections.abc import Collection, Sequence
from typing import Final

from tests.blackbox.pen import Command, Maker, Pen, Row

MOST_TASKS: Final = 150
_DAY: Final = [[480, 720], [780, 1020]]


class PlanWork:
    """The tasks of each project that has a schedule."""

    query = "tasks"

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._tasks: dict[str, dict[str, Row]] = {}

    def see(self, project: str, rows: Sequence[Row]) -> None:
        """Without rows there may be no schedule at all."""
        if rows or project in self._tasks:
            self._tasks[project] = {row["id"]: dict(row["values"]) for row in rows}

    def makers(self, projects: Collection[str]) -> list[Maker]:
        """Sets a schedule up, adds a task, edits a task."""
        makers: list[Maker] = []
        if bare := sorted(set(projects) - set(self._tasks)):
            makers.append((4, lambda: self._set_up(self._pen.rng.choice(bare))))
        planned = sorted(set(projects) & set(self._tasks))
        if room := [one for one in planned if len(self._tasks[one]) < MOST_TASKS]:
            makers.append((20, lambda: self._add_task(self._pen.rng.choice(room))))
        if filled := [one for one in planned if self._tasks[one]]:
            makers.append((40, lambda: self._edit_task(self._pen.rng.choice(filled))))
        return makers

    def saved(self, kind: str, payload: Row) -> None:
        """Keeps what was written."""
        scope = payload["scope_id"]
        if kind == "schedule.set_up":
            self._tasks.setdefault(scope, {})
        elif kind == "schedule.add_task":
            new = {"note": "", "duration_minutes": payload["duration_minutes"]}
            self._tasks[scope][payload["task_id"]] = new
        elif kind == "schedule.edit_task":
            self._tasks[scope][payload["task_id"]].update(payload["values"])

    def _set_up(self, project: str) -> Command:
        return "schedule.set_up", {
            "scope_id": project,
            "calendar_id": self._pen.id(),
            "calendar_name": "六天工作制",
            "week": [_DAY, _DAY, _DAY, _DAY, _DAY, _DAY, []],
            "days": [],
            "start_at": "2026-03-02T08:00:00",
        }

    def _add_task(self, project: str) -> Command:
        return "schedule.add_task", {
            "scope_id": project,
            "task_id": self._pen.id(),
            # After a task that is nowhere: at the end, so that no other row has to move.
            "after_id": self._pen.id(),
            "name": f"砌筑 {self._pen.mark()}",
            "duration_minutes": 60 * self._pen.rng.randrange(1, 100),
        }

    def _edit_task(self, project: str) -> Command:
        task = self._pen.one_of(self._tasks[project])
        values: Row = {"note": self._pen.mark()}
        if self._pen.rng.random() < 0.3:
            values["duration_minutes"] = 60 * self._pen.rng.randrange(1, 100)
        base = {name: self._tasks[project][task][name] for name in values}
        payload = {"scope_id": project, "task_id": task, "base": base, "values": values}
        return "schedule.edit_task", payload
