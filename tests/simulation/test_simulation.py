"""Three hundred seeds hold, planted bugs are caught, and a seed plays the same again."""

import pytest

from tests.simulation.mutants import MUTANTS
from tests.simulation.run import catches, play

SEEDS, CHUNK = 300, 25


@pytest.mark.parametrize("first", range(1, SEEDS + 1, CHUNK))
def test_every_invariant_holds(first: int) -> None:
    played = play(range(first, first + CHUNK))
    assert len(played) == CHUNK
    assert {one.seed: one.failure for one in played if one.failure} == {}
    assert all(one.steps > 50 for one in played)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_every_planted_bug_is_caught(mutant: str) -> None:
    assert catches(mutant) > 0


def test_a_seed_plays_the_same_again() -> None:
    assert play([7, 8, 9]) == play([7, 8, 9])
    failing = next(one for one in play(range(1, 30), "clash_dropped") if one.failure)
    assert play([failing.seed], "clash_dropped") == [failing]


def test_there_are_enough_planted_bugs() -> None:
    assert len(MUTANTS) >= 12
