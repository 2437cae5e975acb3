"""The company as every seed finds it: people, a project, and desks that hold both."""

import shutil
from pathlib import Path
from uuid import UUID

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from tests.simulation import acts, ledger_acts, stock_acts
from tests.simulation.store import ServerStore
from tests.simulation.world import LOGINS, World

_STAMP = (
    "1, '2026-03-01 00:00:00.000000', 'gantry_admin', '2026-03-01 00:00:00.000000', 'gantry_admin'"
)
_JOBS = (Job.ADMINISTRATOR, Job.PROJECT_MANAGER, Job.PROJECT_MANAGER)


def make_template(folder: Path) -> Path:
    """Makes it in `folder`/template, by the engine itself in calm weather."""
    bare = folder / "bare"
    bare.mkdir(parents=True)
    ServerStore.make(bare / "server.db")
    _employ(bare)
    for login in LOGINS:
        (bare / login).mkdir()
    made = folder / "made"
    world = World(0, made, bare)
    for desk in world.desks:
        desk.start()
    world.heal()
    for desk in world.desks[:2]:
        desk.save(acts.found_project)
    world.heal()
    anna, boris = world.desks[:2]
    for desk, does in (
        (anna, (acts.add_task,) * 4),
        (anna, (stock_acts.set_up,) * 6),
        (boris, (ledger_acts.draft,) * 6),
        (boris, (stock_acts.receive,) * 3),
        (boris, (ledger_acts.submit,) * 6),
        (anna, (ledger_acts.judge,) * 5),
        (anna, (ledger_acts.post,) * 4),
    ):
        for act in does:
            desk.save(act)
        world.heal()
    for desk in world.desks:
        desk.stop()
    for worker in world.workers:
        worker.kill()
    world.store.close()
    template = folder / "template"
    shutil.copytree(made, template, ignore=shutil.ignore_patterns("profile.*", "*-shm", "*-wal"))
    return template


def _employ(bare: Path) -> None:
    from tests.simulation.surroundings import WorldTime

    store = ServerStore(bare, WorldTime())
    statements = []
    for number, (login, job) in enumerate(zip(LOGINS, _JOBS, strict=True), 1):
        person, member = UUID(int=1000 + number).hex, UUID(int=2000 + number).hex
        statements.append(
            (
                "INSERT INTO person (scope_id, id, login, display_name, phone, active, row_version,"
                " created_at, created_by, updated_at, updated_by)"
                f" VALUES (?, ?, ?, ?, '', 1, {_STAMP})",
                (COMPANY_SCOPE.hex, person, login, login),
            )
        )
        statements.append(
            (
                "INSERT INTO scope_member (scope_id, id, person, job, row_version, created_at,"
                f" created_by, updated_at, updated_by) VALUES (?, ?, ?, ?, {_STAMP})",
                (COMPANY_SCOPE.hex, member, login, job.value),
            )
        )
    assert store.write(statements)
    store.close()
