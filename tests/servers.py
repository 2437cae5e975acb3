"""Gantry servers for tests: one migrated template a process, a fresh database each."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from uuid import UUID, uuid4

from psycopg2 import sql
from psycopg2.extensions import make_dsn
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.orm import Session

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.models.people import Person, ScopeMember
from app.server.cluster import close_to_public, prepare_database
from app.server.connect import administrator_connection
from app.server.embedded.running import Running
from app.server.embedded.scram import random_password
from app.server.logins import set_person_login
from app.server.worker import Worker
from tests.postgres import shared_postgres

_TEMPLATE = "gantry_template"
_numbers = itertools.count(1)


@cache
def _template() -> str:
    """Makes the template of this process; the DSN of the worker's login in it."""
    return prepare_database(shared_postgres().dsn(), _TEMPLATE, worker_password=random_password())


class Server:
    """A fresh, migrated database with people of its own; `close()` drops it and their logins."""

    def __init__(self, running: Running | None = None) -> None:
        """On the tests' one PostgreSQL, unless another is `running`."""
        if running is None:
            running, worker = shared_postgres(), _template()
        else:
            worker = prepare_database(running.dsn(), _TEMPLATE)
        self.running = running
        self.database = f"gantry_test_{next(_numbers)}"
        self._maintain(
            sql.SQL("create database {} template {}").format(
                sql.Identifier(self.database), sql.Identifier(_TEMPLATE)
            )
        )
        self.superuser_dsn = self.running.dsn(self.database)
        opened = administrator_connection(self.superuser_dsn)
        close_to_public(opened, self.database)
        opened.close()
        self.worker_dsn = make_dsn(worker, dbname=self.database)
        self.admin: Engine = create_engine(self.running.url(self.database))
        self._passwords: dict[str, str] = {}
        self._engines: list[Engine] = [self.admin]
        self._workers: list[Worker] = []

    def add_person(
        self,
        login: str,
        name: str = "",
        job: Job = Job.PLANNER,
        password: str | None = None,
    ) -> str:
        """Adds a colleague with a login and a job in the company; returns the password."""
        secret = password or random_password()
        opened = administrator_connection(self.superuser_dsn)
        try:
            set_person_login(opened, login, secret)
        finally:
            opened.close()
        self._passwords[login] = secret
        with Session(self.admin) as session, session.begin():
            session.add(
                Person(
                    scope_id=COMPANY_SCOPE,
                    id=uuid4(),
                    login=login,
                    display_name=name or login,
                    phone="",
                    active=True,
                    **stamp(),
                )
            )
        self.grant(login, COMPANY_SCOPE, job)
        return secret

    def grant(self, login: str, project_id: UUID, job: Job) -> UUID:
        """Gives a person a job in a project (or in the company); the id of the membership."""
        member = uuid4()
        with Session(self.admin) as session, session.begin():
            session.add(
                ScopeMember(scope_id=project_id, id=member, person=login, job=job, **stamp())
            )
            session.flush()
            session.execute(text("select app.align_jobs(:login)"), {"login": login})
        return member

    def revoke(self, member: UUID) -> None:
        """Takes a membership away."""
        with Session(self.admin) as session, session.begin():
            session.execute(text("delete from scope_member where id = :id"), {"id": member})
            session.execute(text("select app.align_jobs(login) from person"))

    def dsn_for(self, login: str) -> str:
        """The libpq connection string of a person, with the password."""
        return make_dsn(self.superuser_dsn, user=login, password=self._passwords[login])

    def engine_as(self, login: str) -> Engine:
        """An engine that logs in as a person; it is disposed of by `close()`."""
        engine = create_engine(
            URL.create(
                "postgresql+psycopg2",
                username=login,
                password=self._passwords[login],
                host=self.running.host,
                port=self.running.port,
                database=self.database,
            )
        )
        self._engines.append(engine)
        return engine

    def worker(self) -> Worker:
        """A worker on this database: `apply_waiting()`, or `run(stop)` in a thread of the test."""
        worker = Worker(self.worker_dsn)
        self._workers.append(worker)
        return worker

    def close(self) -> None:
        """Drops the database and the logins."""
        for worker in self._workers:
            worker.close()
        for engine in self._engines:
            engine.dispose()
        self._maintain(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(self.database))
        )
        for login in self._passwords:
            self._maintain(sql.SQL("drop role if exists {}").format(sql.Identifier(login)))

    def _maintain(self, statement: sql.Composed) -> None:
        opened = administrator_connection(self.running.dsn())
        try:
            with opened.cursor() as cursor:
                cursor.execute(statement)
        finally:
            opened.close()


@contextmanager
def fresh_server() -> Iterator[Server]:
    """A server for one test."""
    server = Server()
    try:
        yield server
    finally:
        server.close()


def stamp() -> dict[str, object]:
    now = datetime.now(UTC)
    return {
        "row_version": 1,
        "created_at": now,
        "created_by": "gantry_admin",
        "updated_at": now,
        "updated_by": "gantry_admin",
    }
