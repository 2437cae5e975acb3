"""Desks for tests: real files, a real server, and the worker called by hand."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from psycopg2.extensions import parse_dsn
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.projects import ProjectKind
from app.services.projects import CreateProject, EditProject, ProjectFields, show_project
from app.sync.cache_schema import synced_tables
from app.sync.desk import Desk
from app.sync.keys import PASSWORD, GivenKeys
from app.sync.link import JITTER_S
from app.sync.profile import Profile
from tests.servers import Server


class HandClock:
    """A clock that moves when told to."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.wall = datetime.now(UTC)

    def now(self) -> datetime:
        return self.wall + timedelta(seconds=self.at - 1000)

    def monotonic(self) -> float:
        return self.at

    def pass_time(self, seconds: float) -> None:
        self.at += seconds


@dataclass
class Office:
    """A server with its worker, and the desks of people on it."""

    server: Server
    folder: Path

    def __post_init__(self) -> None:
        self.worker = self.server.worker()
        self._keys: dict[Path, GivenKeys] = {}
        self._open: list[Desk] = []

    def profile(self, login: str, name: str = "", *, port: int | None = None) -> Profile:
        """A profile of a person, in a folder named like it."""
        dsn = parse_dsn(self.server.dsn_for(login))
        return Profile(
            folder=self.folder / (name or login),
            profile_id=uuid4(),
            login=login,
            hosts=("127.0.0.1",),
            port=port or int(dsn["port"]),
            database=str(dsn["dbname"]),
            sslmode="disable",
        )

    def keys(self, profile: Profile) -> GivenKeys:
        """The keys of a profile's folder, the same for every opening."""
        if profile.folder not in self._keys:
            secret = str(parse_dsn(self.server.dsn_for(profile.login))["password"])
            self._keys[profile.folder] = GivenKeys({PASSWORD: secret})
        return self._keys[profile.folder]

    def share_keys(self, source: Profile, clone: Profile) -> None:
        """A copied folder opens with the keys of its original."""
        self._keys[clone.folder] = self.keys(source)

    def desk(self, login: str, name: str = "", *, port: int | None = None) -> Desk:
        """Opens a person's desk."""
        profile = self.profile(login, name, port=port)
        desk = Desk.open(profile, self.keys(profile))
        self._open.append(desk)
        return desk

    def filled(self, login: str, name: str = "") -> Desk:
        """Opens a person's desk and fetches what is there."""
        desk = self.desk(login, name)
        turn_until_idle(desk)
        return desk

    def sync(self, *desks: Desk) -> None:
        """Every edit arrives everywhere: push, apply, pull."""
        for desk in desks:
            turn_until_idle(desk)
        self.worker.apply_waiting()
        for desk in desks:
            desk._store.link.retry_now()
            turn_until_idle(desk)

    def close(self) -> None:
        """Closes all desks."""
        for desk in self._open:
            desk.close()


def turn_until_idle(desk: Desk) -> None:
    """Turns the link until nothing is due."""
    clock = desk._clock
    wait = clock.pass_time if isinstance(clock, HandClock) else time.sleep
    for _ in range(50):
        pause = desk._store.turn()
        if pause > JITTER_S:
            return
        # As the link's own thread would: until the moment it asked for.
        wait(pause)
    raise AssertionError("the link does not come to rest")


@contextmanager
def office(server: Server, folder: Path) -> Iterator[Office]:
    """An office for one test."""
    opened = Office(server, folder)
    try:
        yield opened
    finally:
        opened.close()


def new_project(desk: Desk, name: str = "滨江花园二期") -> CreateProject:
    """A command that founds a project."""
    return CreateProject(
        scope_id=desk.new_id(),
        member_id=desk.new_id(),
        code=f"XM-{desk.new_id().hex[-8:]}",
        name=name,
        kind=ProjectKind.RESIDENTIAL,
        planned_start=date(2026, 3, 1),
    )


def edit(desk: Desk, project_id: UUID, **values: object) -> EditProject:
    """A command that edits a project as this desk shows it."""
    with desk.read() as session:
        view = show_project(session, project_id)
    assert view is not None
    return EditProject(
        scope_id=project_id,
        base=ProjectFields(**{name: getattr(view, name) for name in values}),
        values=ProjectFields(**values),  # type: ignore[arg-type]
    )


def founded_project(opened: Office, first: Desk, *others: Desk) -> UUID:
    """A project that all of the desks hold."""
    founded = new_project(first)
    first.execute(founded)
    opened.sync(first, *others)
    return founded.scope_id


def name_of(desk: Desk, project_id: UUID) -> str | None:
    """A project's name as a desk shows it."""
    with desk.read() as session:
        view = show_project(session, project_id)
    return None if view is None else view.name


def rows_of(session: Session) -> dict[str, set[str]]:
    """All synced rows that may be read, by table, comparable."""
    return {
        table.name: {repr(tuple(row)) for row in session.execute(select(table))}
        if _may_read(session, table.name)
        else set()
        for table in synced_tables()
    }


def _may_read(session: Session, table: str) -> bool:
    if session.get_bind().dialect.name == "sqlite":
        return True
    return bool(session.scalar(select(func.has_table_privilege(table, "select"))))


def assert_same_rows(desk: Desk, server: Server) -> None:
    """The desk's cache holds exactly the rows that its person may see."""
    with Session(server.engine_as(desk.status().login)) as session:
        theirs = rows_of(session)
    with desk.read() as session:
        ours = rows_of(session)
    assert ours == theirs
