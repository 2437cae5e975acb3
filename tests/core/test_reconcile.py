"""States of a clash."""

from app.core.reconcile import ConflictState


def test_states_are_the_words_stored() -> None:
    assert [state.value for state in ConflictState] == ["open", "returned", "resolved"]
