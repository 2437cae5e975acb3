"""One run of the black box: a company at work, everything going wrong, and the count afterwards."""

import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.blackbox.checks import (
    Books,
    Findings,
    check_answers,
    check_asked,
    check_conflicts,
    check_people,
    check_projects,
    check_tasks,
)
from tests.blackbox.company import PEOPLE, Company
from tests.blackbox.money_checks import check_money
from tests.blackbox.store_checks import check_stock
from tests.blackbox.troubles import Troubles


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: the counts, what is wrong, and where the desks are kept if it is."""

    summary: dict[str, Any]
    findings: Findings
    folder: Path | None


def run(seed: int, minutes: float) -> Outcome:
    """Lets a company work for some minutes under every trouble, heals it, and checks."""
    folder = new_folder()
    with company_in(folder, seed, desks=5) as company:
        troubles = work(company, seed, minutes * 60)
        findings = Findings()
        company.heal(findings)
        findings.wrong += troubles.faults
        check(company, findings)
        summary = {"seed": seed, "minutes": minutes, **counted(company, findings, troubles)}
    if findings.any():
        return Outcome(summary, findings, folder)
    shutil.rmtree(folder)
    return Outcome(summary, findings, None)


def new_folder() -> Path:
    """A folder for a company."""
    folder = Path(tempfile.mkdtemp(prefix="gantry-blackbox-"))
    # PostgreSQL's account has to get through.
    folder.chmod(0o711)
    return folder


@contextmanager
def company_in(folder: Path, seed: int, *, desks: int) -> Iterator[Company]:
    """A company with so many desks, ended afterwards."""
    company = Company(folder, seed, desks=desks)
    try:
        yield company
    finally:
        company.close()


def work(company: Company, seed: int, seconds: float) -> Troubles:
    """Lets all desks work while everything goes wrong; when it returns, nothing does any more."""
    troubles = Troubles(seed, company.cluster, company.servers, company.lines, seconds)
    until = time.monotonic() + seconds
    failures: list[str] = []

    def work_at(which: int) -> None:
        try:
            company.desks[which].work(until)
        except Exception as error:  # noqa: BLE001 - a thread's failure has to be told
            failures.append(f"{company.desks[which].name}: {error!r}")

    workers = [threading.Thread(target=work_at, args=(n,)) for n in range(len(company.desks))]
    troubles.start()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    troubles.stop()
    troubles.faults += failures + company.servers.ended
    return troubles


def check(company: Company, found: Findings) -> None:
    """All that psql, the desks and the audit chain can tell."""
    check_books(company, found)
    company.check_desks(found)
    company.check_returned(found)
    found.wrong += [f"stuck: {what}" for desk in company.desks for what in desk.stuck]
    found.broken_links += company.broken_links_in_audit()


def check_books(company: Company, found: Findings) -> None:
    """What psql alone can tell."""
    books = Books(company.cluster.psql(), company.ledger)
    check_answers(books, found)
    check_asked(books, found)
    check_projects(books, found)
    check_tasks(books, found)
    check_people(books, found, PEOPLE)
    check_conflicts(books, found)
    check_stock(books, found)
    check_money(books, found)


def counted(company: Company, found: Findings, troubles: Troubles) -> dict[str, Any]:
    """The figures of a run that was checked."""
    books = Books(company.cluster.psql(), company.ledger)
    states = books.states()
    kills = sum((desk.kills for desk in company.desks), Counter(troubles.kills))
    told = sum((desk.complaints for desk in company.desks), Counter[str]())
    acknowledged = {asked.op_id for asked in company.ledger.acknowledged()}
    return {
        "asked": len(company.ledger.all()),
        "acknowledged": len(acknowledged),
        "applied": states["applied"],
        "refused": states["refused"],
        "conflict": states["conflict"],
        "blocked": states["blocked"],
        "saved_unheard": len({row["op_id"] for row in books.results} - acknowledged),
        "kinds": dict(sorted(Counter(row["kind"] for row in books.results).items())),
        "kills": dict(sorted(kills.items())),
        "cuts": troubles.cuts,
        "silences": troubles.silences,
        "freezes": troubles.freezes,
        "failed_starts": company.servers.failed_starts,
        "told_on_desks": dict(sorted(told.items())),
        "lost": len(found.lost),
        "doubled": len(found.doubled),
        "unasked": len(found.unasked),
        "wrong": len(found.wrong),
        "broken_links_in_audit": len(found.broken_links),
    }
