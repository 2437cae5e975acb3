"""Whatever two people do, and whenever their desks meet the server: in the end all agree."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import text

from app.core.errors import Refused
from app.core.people import Job
from app.services.tx import Clash
from app.sync.desk import Desk
from tests.servers import Server
from tests.sync.desks import (
    Office,
    assert_same_rows,
    edit,
    founded_project,
    name_of,
    new_project,
    turn_until_idle,
)

who = st.integers(0, 1)
words = st.text("甲乙丙丁", min_size=1, max_size=2)


class TwoDesks(RuleBasedStateMachine):
    """Edits, restarts and partial synchronisation in any order."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self._server = Server()
        for login in ("anna", "boris"):
            self._server.add_person(login, login, Job.ADMINISTRATOR)
        self.office = Office(self._server, Path(self._folder.name))
        self.desks: list[Desk] = [self.office.filled(login) for login in ("anna", "boris")]
        self.projects: list[UUID] = [founded_project(self.office, *self.desks)]
        self.saved: set[UUID] = set()

    def teardown(self) -> None:
        """Heals, compares, cleans up."""
        try:
            self._heal()
        finally:
            self.office.close()
            self._server.close()
            self._folder.cleanup()

    def _heal(self) -> None:
        self.office.sync(*self.desks)
        self.office.sync(*self.desks)
        for desk in self.desks:
            assert desk.status().pending == 0
            assert_same_rows(desk, self._server)
        with self._server.admin.connect() as connection:
            rows = connection.execute(text("select op_id, count(*) from command_result group by 1"))
            results = {row[0]: row[1] for row in rows}
        assert {op_id: results.get(op_id) for op_id in self.saved} == dict.fromkeys(self.saved, 1)

    @rule(desk=who, project=st.integers(0, 5), field=st.sampled_from(["name", "note"]), value=words)
    def edit(self, desk: int, project: int, field: str, value: str) -> None:
        """An edit, as far as the desk knows the project."""
        chosen = self.projects[project % len(self.projects)]
        if name_of(self.desks[desk], chosen) is None:
            return
        command = edit(self.desks[desk], chosen, **{field: value})
        self.saved.add(self.desks[desk].execute(command).op_id)

    @rule(desk=who, finish=st.sampled_from([date(2026, 1, 1), date(2027, 1, 1)]))
    def edit_dates(self, desk: int, finish: date) -> None:
        """An edit that a rule may refuse at once."""
        command = edit(self.desks[desk], self.projects[0], planned_finish=finish)
        try:
            self.saved.add(self.desks[desk].execute(command).op_id)
        except (Refused, Clash):
            assert finish < date(2026, 3, 1)

    @rule(desk=who, name=words)
    def found(self, desk: int, name: str) -> None:
        """A new project."""
        command = new_project(self.desks[desk], name)
        self.saved.add(self.desks[desk].execute(command).op_id)
        self.projects.append(command.scope_id)

    @rule(desk=who)
    def turn(self, desk: int) -> None:
        """One desk meets the server."""
        self.desks[desk]._store.link.retry_now()
        turn_until_idle(self.desks[desk])

    @rule()
    def work(self) -> None:
        """The server applies what it has."""
        self.office.worker.apply_waiting()

    @rule(desk=who)
    def restart(self, desk: int) -> None:
        """A desk is closed and opened again."""
        login = self.desks[desk].status().login
        self.desks[desk].close()
        self.desks[desk] = self.office.desk(login)

    @rule(desk=who)
    def lose_the_cache(self, desk: int) -> None:
        """A cache is lost and built anew."""
        self.desks[desk]._store.rebuild_cache()
        turn_until_idle(self.desks[desk])

    @invariant()
    def nothing_is_forgotten(self) -> None:
        """Every saved edit is on a desk, with or without an answer."""
        known = {
            UUID(row[0])
            for desk in self.desks
            for row in desk._store.outbox.rows("SELECT op_id FROM command")
        }
        assert self.saved <= known


TestTwoDesks = TwoDesks.TestCase
TestTwoDesks.settings = settings(
    max_examples=4,
    stateful_step_count=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
