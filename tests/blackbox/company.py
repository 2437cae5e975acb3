"""A company for the black box: PostgreSQL, two server processes, people, and desks with lines."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

from tests.blackbox.asked import Ledger
from tests.blackbox.checks import Findings
from tests.blackbox.desks import Colleague, Desk
from tests.blackbox.links import Line
from tests.blackbox.pen import Row
from tests.blackbox.postgres import Cluster
from tests.blackbox.programs import Gantry
from tests.blackbox.servers import Servers

WORKER: Final = "gantry_server"
PEOPLE: Final = {
    "anna": "administrator",
    "bai": "administrator",
    "chen": "planner",
    "ding": "storekeeper",
}
DESKS: Final = (
    ("anna-office", "anna"),
    ("ding", "ding"),
    ("anna-site", "anna"),
    ("bai", "bai"),
    ("chen", "chen"),
)
STATES: Final = "select actor, state from command_result"
MONEY_JOBS: Final = ("administrator",)
"""Whose desks hold a ledger, of the jobs here; from all others the database keeps it."""
SHOWN_OF_A_PROJECT: Final = ("code", "name", "stage", "owner_name", "note")
SHOWN: Final = (
    ("tasks", "task", ("name", "duration_minutes", "note")),
    ("stock", "stock_balance", ("on_hand", "short_quantity")),
    ("ledger", "ledger_entry", ("number", "state", "summary", "content_hash", "posted_by")),
)
"""What `gantry show` calls it, where psql finds it, and what has to be equal."""


class Company:
    """All that runs; `close` ends it."""

    def __init__(self, folder: Path, seed: int, *, desks: int) -> None:
        """`desks` at most five."""
        self.folder = folder
        self.ledger = Ledger()
        self.cluster = Cluster(folder)
        self.cluster.make()
        self.cluster.start()
        self._admin = Gantry(folder / "admin.log", {"GANTRY_ADMIN_DSN": self.cluster.dsn})
        self.people = [
            Colleague(login, secrets.token_urlsafe(12), secrets.token_urlsafe(12), job)
            for login, job in PEOPLE.items()
            if login in {person for _, person in DESKS[:desks]}
        ]
        self._worker_line = Line(self.cluster.port)
        worker = secrets.token_urlsafe(16)
        self._admin.must(["admin", "prepare"], {"--password-fd": worker})
        for person in self.people:
            words = ["add-person", person.login, "--name", person.login, "--job", person.job]
            self._admin.must(["admin", *words], {"--password-fd": person.password})
        dsn = self.cluster.dsn_of(WORKER, worker, self._worker_line.port)
        self.servers = Servers(Gantry(folder / "server.log", {"GANTRY_SERVER_DSN": dsn}))
        self.desks = [self._desk(name, login, seed) for name, login in DESKS[:desks]]
        self.lines = [self._worker_line, *(desk.line for desk in self.desks)]

    def _desk(self, name: str, login: str, seed: int) -> Desk:
        person = next(one for one in self.people if one.login == login)
        line = Line(self.cluster.port)
        place = self.folder / "desks"
        place.mkdir(exist_ok=True)
        desk = Desk(place / name, person, line, self.ledger, Random(f"{seed} {name}"))
        words = ["invite", login, "--host", "127.0.0.1", "--port", str(line.port)]
        desk.join(self._admin.must(["admin", *words]))
        return desk

    def broken_links_in_audit(self) -> list[str]:
        """What `gantry admin verify-audit` complains of; nothing if the chain is whole."""
        ran = self._admin.run(["admin", "--json", "verify-audit"])
        return [] if ran.code == 0 else [ran.said]

    def heal(self, found: Findings) -> None:
        """Lets every desk finish; whoever cannot is told."""
        with ThreadPoolExecutor(len(self.desks)) as pool:
            for _ in range(2):
                # Twice: what the last desk sent has to reach the first one too.
                healed = pool.map(Desk.heal, self.desks)
                for desk, done in zip(self.desks, healed, strict=True):
                    found.wrong += [] if done else [f"{desk.name}: something waits"]

    def check_desks(self, found: Findings) -> None:
        """Every desk shows what psql shows its person, and knows of every refusal and clash."""
        with ThreadPoolExecutor(len(self.desks)) as pool:
            for told in pool.map(self._wrong_on, self.desks):
                found.wrong += told

    def _wrong_on(self, desk: Desk) -> list[str]:
        person = desk.person
        psql = self.cluster.psql(person.login, person.password)
        shown = {row["id"]: row for row in desk.show("projects")}
        stored = {row["id"]: row for row in psql.rows("select * from project")}
        wrong = _differences(desk.name, shown, stored, SHOWN_OF_A_PROJECT)
        for project in shown.values():
            for query, table, fields in SHOWN:
                rows = desk.show(query, "--project", project["code"])
                there: dict[str, Row] = {}
                if table != "ledger_entry" or person.job in MONEY_JOBS:
                    select = f"select * from {table} where scope_id = '{project['id']}'"
                    there = {row["id"]: row for row in psql.rows(select)}
                wrong += _differences(desk.name, {row["id"]: row for row in rows}, there, fields)
        conflicts = {row["id"]: row for row in desk.show("conflicts")}
        clashes = {row["id"]: row for row in psql.rows("select * from conflict")}
        wrong += _differences(desk.name, conflicts, clashes, ("kind", "actor", "state"))
        return wrong

    def check_returned(self, found: Findings) -> None:
        """What was refused or clashed is told on its author's desks: as many as psql counts."""
        told: Counter[tuple[str, str]] = Counter()
        for desk in self.desks:
            status = desk.status()
            told[desk.person.login, "refused"] += status["refused"]
            told[desk.person.login, "conflict"] += status["conflicts"]
        rows = self.cluster.psql().rows(STATES)
        counted = Counter(
            (row["actor"], row["state"].replace("blocked", "refused")) for row in rows
        )
        for login in {desk.person.login for desk in self.desks}:
            for state in ("refused", "conflict"):
                if told[login, state] != counted[login, state]:
                    desks, server = told[login, state], counted[login, state]
                    found.wrong.append(f"{login}: {state} {desks} on desks, {server} by psql")

    def close(self) -> None:
        """Ends everything."""
        for line in self.lines:
            line.mend()
        self.servers.close()
        for line in self.lines:
            line.close()
        self.cluster.close()


def _differences(
    desk: str, shown: Mapping[str, Row], stored: Mapping[str, Row], fields: Sequence[str]
) -> list[str]:
    told = [f"{desk} lacks {one}" for one in sorted(stored.keys() - shown.keys())]
    told += [f"{desk} shows {one}, psql does not" for one in sorted(shown.keys() - stored.keys())]
    for one in sorted(shown.keys() & stored.keys()):
        # A task's fields are shown below `values`.
        row = shown[one] | shown[one].get("values", {})
        told += [
            f"{desk} {one}: {name} is {row[name]!r}, by psql {stored[one][name]!r}"
            for name in fields
            if not _is_same(row[name], stored[one][name])
        ]
    return told


def _is_same(shown: object, stored: object) -> bool:
    if isinstance(shown, str) and isinstance(stored, Decimal | int):
        return Decimal(shown) == stored
    if stored is None:
        return shown in (None, "")
    return shown == stored
