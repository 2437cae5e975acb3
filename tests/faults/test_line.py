"""Every fault of the line between a desk and the server, at every request of a link's turn."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from psycopg2.extensions import parse_dsn
from sqlalchemy import text

from app.models.engines import postgres_engine
from app.sync.desk import Desk
from app.sync.keys import PASSWORD
from app.sync.link import HEARTBEAT_S, POLL_S
from app.sync.postgres_port import PostgresPort
from app.sync.status import LinkState
from app.sync.wire import ServerPort
from tests.faults import invariants
from tests.faults.reading import desk_state, rows_for, server_state
from tests.sync.desks import HandClock, Office, edit, founded_project, new_project, turn_until_idle
from tests.sync.proxy import Fault, Proxy

SILENCE_S = 0.15
MOST_REQUESTS = 60
MOST_TURNS = 40
ROUNDS_SPARED = 3
# A text that does not get small: its command travels ahead in chunks.
LONG = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(20_000))

PHASES = {
    b"user\x00anna": "connect",
    b"listen gantry_feed": "listen",
    b"begin isolation level": "view",
    b"app.hello()": "hello",
    b"insert into command_inbox": "push",
    b"from payload_chunk": "chunks asked for",
    b"insert into payload_chunk": "chunk",
    b"from change_feed": "changed keys",
    b'from "project"': "rows",
    b"join command_result": "answers",
    b"rollback": "end of view",
    b"select 1": "heartbeat",
}


@dataclass
class Struck:
    """Anna's desk behind a proxy, boris's beside it."""

    site: Office
    line: Proxy
    anna: Desk
    boris: Desk
    clock: HandClock
    project: UUID
    shared: UUID
    saved: set[UUID]
    rounds: int = 0

    def __post_init__(self) -> None:
        server = self.site.server
        self._eyes = {login: server.engine_as(login) for login in ("anna", "boris")}

    def work(self) -> None:
        """Both edit; what boris did has arrived, what anna did has not."""
        self.rounds += 1
        number = self.rounds
        note = LONG[number:] + LONG[:number]
        for desk, command in (
            (self.anna, edit(self.anna, self.project, note=note)),
            (self.anna, edit(self.anna, self.shared, address=f"{number}")),
            (self.boris, edit(self.boris, self.shared, region=f"{number}")),
        ):
            self.saved.add(desk.execute(command).op_id)
        self.site.sync(self.boris)

    def turn(self) -> None:
        """One turn of anna's link, with everything due."""
        self.clock.at += POLL_S + HEARTBEAT_S
        self.anna._store.link.retry_now()
        self.anna._store.turn()

    def beat(self) -> None:
        """Turns with nothing due but a sign of life, once what was told of is fetched."""
        for _ in range(2):
            self.clock.at += HEARTBEAT_S
            self.anna._store.turn()

    def heal(self) -> None:
        """The line is sound again: everything arrives by itself, in a bounded number of turns."""
        for _ in range(MOST_TURNS):
            self.turn()
            self.site.worker.apply_waiting()
            if self.anna.status().link is LinkState.ONLINE and not self.anna.status().pending:
                break
        self.site.sync(self.boris)
        self.turn()

    def findings(self) -> list[str]:
        """What is not as it must be."""
        server = server_state(self.site.server.admin)
        found = invariants.of_server(server) + invariants.saved_ends(self.saved, server)
        for desk in (self.anna, self.boris):
            theirs = rows_for(self._eyes[desk.profile.login])
            found += invariants.after_healing(desk_state(desk), theirs)
        return found


@pytest.fixture
def struck(site: Office) -> Iterator[Struck]:
    with site.server.admin.begin() as connection:
        # What is left half open goes against the connections that a person may have; here it is
        # more than any line can lose in so short a time.
        connection.execute(text("alter role anna set idle_session_timeout = '2s'"))
        connection.execute(text("alter role anna connection limit 300"))
    clock = HandClock()
    line = Proxy(int(parse_dsn(site.server.superuser_dsn)["port"]))
    profile = site.profile("anna", port=line.port)

    def connect() -> ServerPort:
        password = site.keys(profile).load(PASSWORD)
        (address,) = profile.addresses()
        return PostgresPort(postgres_engine(address, password or "", silence_s=SILENCE_S))

    anna = Desk.open(profile, site.keys(profile), clock=clock, connector=connect)
    boris = site.filled("boris")
    project, shared = founded_project(site, boris), founded_project(site, boris)
    turn_until_idle(anna)
    yield Struck(site, line, anna, boris, clock, project, shared, set())
    anna.close()
    line.close()


def phase_of(request: bytes) -> str:
    """What a link was at when it sent this."""
    return next((phase for mark, phase in PHASES.items() if mark in request), "signing in")


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name.lower())
def test_the_link_recovers_whatever_happens_to_any_request(struck: Struck, fault: Fault) -> None:
    met = set()
    spared = 0
    for number in range(1, MOST_REQUESTS):
        struck.work()
        # From the very first word on: the fault may fall on signing in.
        struck.anna._store.link.close()
        struck.line.strike(number, fault)
        struck.turn()
        struck.site.worker.apply_waiting()
        struck.turn()
        struck.beat()
        fell_on = struck.line.calm()
        struck.heal()
        assert struck.findings() == []
        if fell_on is not None:
            met.add(phase_of(fell_on))
            continue
        # Not every round asks equally often.
        spared += 1
        if spared == ROUNDS_SPARED:
            break
    # A sign of life is only sent where nothing else was said for long.
    assert met | {"heartbeat"} == {"signing in", *PHASES.values()}


def test_a_first_load_goes_on_after_every_cut(struck: Struck) -> None:
    for _ in range(3):
        founded = new_project(struck.boris)
        struck.saved.add(struck.boris.execute(founded).op_id)
    struck.site.sync(struck.boris)
    met = set()
    for number in range(1, MOST_REQUESTS):
        struck.anna._store.rebuild_cache()
        struck.anna._store.link.close()
        struck.line.strike(number, Fault.CUT_ANSWER)
        struck.turn()
        fell_on = struck.line.calm()
        struck.heal()
        assert struck.findings() == []
        if fell_on is None:
            break
        met.add(phase_of(fell_on))
    assert met >= {"signing in", "view", "rows", "end of view"}
