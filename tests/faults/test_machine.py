"""Whatever happens in whatever order: after every step the invariants hold, and in the end all
agree. GANTRY_MACHINE_EXAMPLES and GANTRY_MACHINE_STEPS ask for more."""

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from app.models.schedule import Task
from app.models.stock import StockItem
from app.services.commands import Command
from app.services.schedule.tasks import AddTask, EditTask, TaskFields
from app.services.stock.moves import IssueGoods, ReceivedLine, ReceiveGoods
from app.sync.desk import Desk
from tests.faults.world import DAY, World
from tests.sync.desks import edit, name_of, new_project
from tests.sync.proxy import Fault

who = st.integers(0, 2)
words = st.text("甲乙丙丁", min_size=1, max_size=2)
fields = st.sampled_from(["name", "note", "region", "address"])
amounts = st.decimals("0.5", "9", places=1)
requests = st.integers(1, 24)
faults = st.sampled_from([fault for fault in Fault if fault not in (Fault.DELAY, Fault.TRICKLE)])


class Machine(RuleBasedStateMachine):
    """Edits of several kinds, faults of the line, kills, late commits, rights that change."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        self.world = World(Path(self._folder.name))

    def teardown(self) -> None:
        """Heals, compares, cleans up."""
        try:
            assert self.world.heal() == []
        finally:
            self.world.close()
            self._folder.cleanup()

    @rule(desk=who, project=st.integers(0, 3), field=fields, value=words)
    def edit_a_project(self, desk: int, project: int, field: str, value: str) -> None:
        """An edit on top of what the desk shows."""
        chosen = self.world.projects[project % len(self.world.projects)]

        def command(asked: Desk) -> Command | None:
            known = name_of(asked, chosen) is not None
            return edit(asked, chosen, **{field: value}) if known else None

        self.world.execute(desk, command)

    @rule(desk=st.integers(0, 1), name=words)
    def found_a_project(self, desk: int, name: str) -> None:
        """A new project, and edits of it may follow at once."""
        founded = new_project(self.world.desks[desk], name)
        self.world.execute(desk, lambda _: founded)
        self.world.projects.append(founded.scope_id)

    @rule(desk=who, name=words)
    def add_a_task(self, desk: int, name: str) -> None:
        """A task at the top of the first project."""
        scope = self.world.projects[0]
        self.world.execute(
            desk, lambda asked: AddTask(scope_id=scope, task_id=asked.new_id(), name=name)
        )

    @rule(desk=who, name=words)
    def edit_a_task(self, desk: int, name: str) -> None:
        """The first task gets another name."""

        def command(asked: Desk) -> Command | None:
            with asked.read() as session:
                found = session.scalars(select(Task).order_by(Task.id)).first()
                if found is None:
                    return None
                return EditTask(
                    scope_id=found.scope_id,
                    task_id=found.id,
                    base=TaskFields(name=found.name),
                    values=TaskFields(name=name),
                )

        self.world.execute(desk, command)

    @rule(desk=who, quantity=amounts)
    def receive(self, desk: int, quantity: Decimal) -> None:
        """Goods arrive."""

        def command(asked: Desk, item: UUID) -> Command:
            line = ReceivedLine(move_id=asked.new_id(), item_id=item, quantity=quantity)
            return ReceiveGoods(
                scope_id=self.world.projects[0],
                location_id=self.world.location,
                lines=(line,),
                business_date=DAY,
            )

        self._with_item(desk, command)

    @rule(desk=who, quantity=amounts, is_fact=st.booleans())
    def issue(self, desk: int, quantity: Decimal, is_fact: bool) -> None:
        """Goods are asked for, or are gone already."""

        def command(asked: Desk, item: UUID) -> Command:
            return IssueGoods(
                scope_id=self.world.projects[0],
                move_id=asked.new_id(),
                item_id=item,
                location_id=self.world.location,
                quantity=quantity,
                is_fact=is_fact,
                business_date=DAY,
            )

        self._with_item(desk, command)

    def _with_item(self, desk: int, command: Callable[[Desk, UUID], Command]) -> None:
        def asked(at: Desk) -> Command | None:
            with at.read() as session:
                known = session.scalars(select(StockItem.id)).first()
            return None if known is None else command(at, known)

        self.world.execute(desk, asked)

    @rule(desk=who)
    def turn(self, desk: int) -> None:
        """A desk meets the server."""
        self.world.turn(desk)

    @rule(desk=who, request=requests, fault=faults)
    def turn_over_a_bad_line(self, desk: int, request: int, fault: Fault) -> None:
        """A desk meets the server, and the line fails at some request."""
        self.world.struck_turn(desk, request, fault)

    @rule(worker=st.integers(0, 1))
    def work(self, worker: int) -> None:
        """One of the server processes applies what there is."""
        self.world.work(worker)

    @rule(request=requests, fault=faults)
    def work_over_a_bad_line(self, request: int, fault: Fault) -> None:
        """A server process is cut off from its database at some request."""
        self.world.struck_work(request, fault)

    @rule(desk=who, killed=st.booleans())
    def restart(self, desk: int, killed: bool) -> None:
        """A desk ends, by itself or not, and starts again."""
        self.world.restart(desk, killed=killed)

    @rule(desk=who)
    def lose_the_cache(self, desk: int) -> None:
        """A cache is lost."""
        self.world.desks[desk]._store.rebuild_cache()

    @rule()
    def begin_late(self) -> None:
        """A transaction begins that commits late."""
        self.world.begin_late()

    @rule(commit=st.booleans())
    def end_late(self, commit: bool) -> None:
        """The late transaction ends."""
        self.world.end_late(commit=commit)

    @rule()
    def change_rights(self) -> None:
        """Somebody is let in or sent away."""
        self.world.change_rights()

    @invariant()
    def holds(self) -> None:
        """After every step."""
        assert self.world.findings() == []


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=int(os.environ.get("GANTRY_MACHINE_EXAMPLES", "3")),
    stateful_step_count=int(os.environ.get("GANTRY_MACHINE_STEPS", "20")),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
