"""`gantry show QUERY`: what this desk holds."""

import argparse
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from app.cli.desk import add_desk_options, open_desk
from app.cli.words import say_json, words
from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.services.ledger.queries import LedgerView, show_ledger
from app.services.people import list_people
from app.services.projects import list_projects
from app.services.reconcile import list_conflicts
from app.services.schedule.queries import load_plan, summary_of
from app.services.schedule.views import Plan
from app.services.stock.queries import list_balances

COMPANY = "company"
"""What the company's own scope is called in place of a project."""

Query = Callable[[Session, argparse.Namespace], Any]


def _plan(session: Session, arguments: argparse.Namespace) -> Plan:
    project_id = _project_id(session, arguments.project)
    plan = load_plan(session, project_id)
    if plan is None:
        raise Refused("schedule.missing")
    return plan


def _project_id(session: Session, wanted: str | None) -> UUID:
    for project in list_projects(session):
        if wanted in (project.code, str(project.id)):
            return project.id
    raise Refused("cli.show.project_unknown", project=wanted or "")


def _ledger(session: Session, arguments: argparse.Namespace) -> LedgerView:
    if arguments.project in (COMPANY, str(COMPANY_SCOPE)):
        return show_ledger(session, COMPANY_SCOPE)
    return show_ledger(session, _project_id(session, arguments.project))


QUERIES: Mapping[str, Query] = {
    "projects": lambda session, _: list_projects(session),
    "people": lambda session, _: list_people(session),
    "conflicts": lambda session, _: list_conflicts(session),
    "tasks": lambda session, arguments: _plan(session, arguments).tasks,
    "links": lambda session, arguments: _plan(session, arguments).links,
    "calendars": lambda session, arguments: _plan(session, arguments).calendars,
    "stock": lambda session, arguments: list_balances(
        session, _project_id(session, arguments.project)
    ),
    "settings": lambda session, arguments: _plan(session, arguments).settings,
    "ledger": _ledger,
    "summary": lambda session, arguments: summary_of(_plan(session, arguments)),
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `show QUERY [--project CODE] [--json]` and the desk's options."""
    parser = subparsers.add_parser("show", help=words("cli.show.help"))
    parser.add_argument("query", choices=sorted(QUERIES))
    parser.add_argument("--project", metavar="CODE", help=words("cli.show.project"))
    add_desk_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints rows of the desk's cache: one JSON value, or a line each."""
    with open_desk(arguments) as desk, desk.read() as session:
        found = msgspec.to_builtins(QUERIES[arguments.query](session, arguments), str_keys=True)
    if arguments.json:
        say_json(found)
        return 0
    for row in found if isinstance(found, list) else [found]:
        print(" · ".join(f"{key}={value}" for key, value in row.items() if value not in (None, "")))
    return 0
