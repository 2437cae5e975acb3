"""Time, chance, and the ids made of both."""

from datetime import UTC, datetime, timedelta

from app.sync.clock import ServerClock, SystemChance, SystemClock, new_id
from tests.sync.desks import HandClock


def test_the_systems_own() -> None:
    clock, chance = SystemClock(), SystemChance()
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() <= clock.monotonic()
    assert len(chance.bytes(10)) == 10
    assert all(0 <= chance.fraction() < 1 for _ in range(100))


def test_ids_are_ordered_by_time_and_differ() -> None:
    made = [new_id(SystemClock(), SystemChance()) for _ in range(200)]
    assert len(set(made)) == 200
    assert {one.version for one in made} == {7}
    assert [one.int >> 80 for one in made] == sorted(one.int >> 80 for one in made)


def test_the_servers_time_does_not_follow_a_clock_that_is_set() -> None:
    clock = HandClock()
    server = ServerClock(clock)
    assert (server.is_set, server.now()) == (False, clock.now())
    told = datetime(2026, 3, 2, 9, tzinfo=UTC)
    server.set(told)
    clock.wall += timedelta(days=3650)
    clock.pass_time(90)
    assert (server.is_set, server.now()) == (True, told + timedelta(seconds=90))
    assert server.monotonic() == clock.monotonic()
