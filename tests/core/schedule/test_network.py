from dataclasses import FrozenInstanceError

import pytest

from app.core.schedule.network import UNDATED_CONSTRAINTS, Activity, ConstraintKind


def test_activities_are_values() -> None:
    activity = Activity("a")
    assert activity == Activity("a")
    with pytest.raises(FrozenInstanceError):
        activity.name = "b"  # type: ignore[misc]


def test_every_other_constraint_needs_a_date() -> None:
    assert len(set(ConstraintKind) - UNDATED_CONSTRAINTS) == 8
