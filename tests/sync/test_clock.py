"""Time, chance, and the ids made of both."""

from datetime import UTC

from app.sync.clock import SystemChance, SystemClock, new_id


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
