"""The link over a bad network, on a clock of the test's own."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from psycopg2.extensions import parse_dsn
from sqlalchemy import text

from app.sync.desk import Desk
from app.sync.keys import PASSWORD
from app.sync.link import HEARTBEAT_S, JITTER_S, POLL_S, SILENT_S
from app.sync.postgres_port import PostgresPort
from app.sync.status import LinkState
from app.sync.store import PostgresConnector
from app.sync.wire import Seen, ServerView
from tests.sync.desks import (
    HandClock,
    Office,
    assert_same_rows,
    founded_project,
    new_project,
    turn_until_idle,
)
from tests.sync.proxy import proxy


class EvenChance:
    """No chance at all, but for ids."""

    def __init__(self) -> None:
        self._count = 0

    def bytes(self, count: int) -> bytes:
        self._count += 1
        return self._count.to_bytes(count, "big")

    def fraction(self) -> float:
        return 0.5


def _desk(site: Office, login: str, clock: HandClock, port: int | None = None) -> Desk:
    profile = site.profile(login, port=port)
    return Desk.open(profile, site.keys(profile), clock=clock, chance=EvenChance())


def test_a_silent_server_process_is_told_from_a_lost_link(site: Office) -> None:
    clock = HandClock()
    anna = _desk(site, "anna", clock)
    turn_until_idle(anna)
    anna.execute(new_project(anna))
    turn_until_idle(anna)
    assert anna.status().link is LinkState.ONLINE
    clock.at += SILENT_S
    turn_until_idle(anna)
    status = anna.status()
    assert status.link is LinkState.SERVER_SILENT
    assert status.reason is not None
    assert status.reason.text_id == "sync.server_silent"
    site.worker.apply_waiting()
    clock.at += POLL_S
    turn_until_idle(anna)
    assert (anna.status().link, anna.status().pending) == (LinkState.ONLINE, 0)
    anna.close()


def test_a_wrong_password_is_said_and_not_tried_in_a_loop(site: Office) -> None:
    clock = HandClock()
    profile = site.profile("anna")
    site.keys(profile).save(PASSWORD, "wrong")
    anna = _desk(site, "anna", clock)
    pause = anna._store.turn()
    assert anna.status().reason is not None
    assert anna._store.link.report.state is LinkState.WRONG_PASSWORD
    assert pause > POLL_S
    anna.close()


def test_a_server_that_is_upgraded_under_a_connection_is_asked_again(site: Office) -> None:
    range_of = "update server_meta set schema_oldest = {}, schema_newest = {}"
    with site.server.admin.begin() as connection:
        was = connection.execute(text("select schema_oldest, schema_newest from server_meta")).one()
        connection.execute(text(range_of.format(98, 99)))
    clock = HandClock()
    anna = _desk(site, "anna", clock)
    turn_until_idle(anna)
    assert anna.status().link is LinkState.OUTDATED
    with site.server.admin.begin() as connection:
        connection.execute(text(range_of.format(*was)))
    clock.at += POLL_S
    turn_until_idle(anna)
    assert anna.status().link is LinkState.ONLINE
    anna.execute(new_project(anna))
    anna.close()


def test_a_swallowed_link_is_noticed_by_its_heartbeat(site: Office) -> None:
    with proxy(int(parse_dsn(site.server.superuser_dsn)["port"])) as between:
        clock = HandClock()
        anna = _desk(site, "anna", clock, between.port)
        turn_until_idle(anna)
        assert 0 < anna._store.turn() <= HEARTBEAT_S
        between.swallow = True
        port = anna._store.link._port
        assert port is not None
        type(port._raw).silence_s = 0.2  # type: ignore[attr-defined]
        clock.at += HEARTBEAT_S
        anna._store.turn()
        report = anna._store.link.report
        assert report.state is LinkState.OFFLINE
        assert report.reason is not None
        assert report.reason.text_id == "sync.no_answer"
        anna.close()


def test_a_cut_link_comes_back_by_itself(site: Office) -> None:
    with proxy(int(parse_dsn(site.server.superuser_dsn)["port"])) as between:
        clock = HandClock()
        anna = _desk(site, "anna", clock, between.port)
        turn_until_idle(anna)
        anna.execute(new_project(anna))
        between.cut_all()
        pause = anna._store.turn()
        assert anna._store.link.report.state is LinkState.OFFLINE
        assert pause < 1
        clock.at += pause
        turn_until_idle(anna)
        site.worker.apply_waiting()
        clock.at += POLL_S
        turn_until_idle(anna)
        assert anna.status().pending == 0
        assert_same_rows(anna, site.server)
        anna.close()


def test_the_next_pause_grows_and_has_an_end(site: Office) -> None:
    clock = HandClock()
    profile = site.profile("anna", port=1)
    anna = Desk.open(profile, site.keys(profile), clock=clock, chance=EvenChance())
    pauses = []
    for _ in range(9):
        pauses.append(anna._store.turn())
        clock.at += pauses[-1]
    assert pauses == sorted(pauses)
    assert pauses[0] < 1
    # A promoted standby is found within five seconds, after however long an outage.
    assert pauses[-1] == pauses[-2] < 5
    reason = anna._store.link.report.reason
    assert reason is not None
    assert reason.text_id == "sync.nobody_listens"
    anna.close()


def test_another_release_of_the_schema_is_only_pushed_to(site: Office) -> None:
    clock = HandClock()
    anna = _desk(site, "anna", clock)
    turn_until_idle(anna)
    project = founded_project(site, anna)
    anna._store.link.close()
    anna._store.link.retry_now()
    with site.server.admin.begin() as connection:
        connection.execute(text("update server_meta set schema_oldest = 7, schema_newest = 9"))
    saved = anna.execute(new_project(anna))
    turn_until_idle(anna)
    assert anna._store.link.report.state is LinkState.OUTDATED
    found = anna._store.outbox.get(saved.op_id)
    assert found is not None
    assert found.state == "stored"
    assert project is not None
    anna.close()


def test_a_change_told_of_during_a_pull_is_not_slept_over(
    site: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = site.filled("anna")
    port = anna._store.link._port
    assert isinstance(port, PostgresPort)
    viewing = port.view

    @contextmanager
    def told_meanwhile(seen: Seen) -> Iterator[ServerView]:
        with viewing(seen) as view:
            yield view
        monkeypatch.undo()
        with site.server.admin.begin() as connection:
            connection.execute(text("notify gantry_feed"))
        # The next answer brings the notification along: the socket has nothing more to say.
        port.heartbeat()

    monkeypatch.setattr(port, "view", told_meanwhile)
    anna._store.link.retry_now()
    assert anna._store.turn() <= JITTER_S


def test_hosts_are_tried_in_turn(site: Office) -> None:
    profile = site.profile("anna")
    connector = PostgresConnector(profile, site.keys(profile))
    dead = PostgresConnector(site.profile("anna", port=1), site.keys(profile))
    connector._addresses = [*dead._addresses, *connector._addresses]
    port = connector()
    assert port.hello().me == "anna"
    port.close()
    assert connector._addresses[0].port != 1
