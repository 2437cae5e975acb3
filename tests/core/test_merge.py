"""Three-way merge by groups: never overwrite what was not seen, never lose what was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.merge import merge

GROUPS = {"dates": ("start", "finish"), "note": ("note",)}
FIELDS = ("start", "finish", "note")


def row(start: object = 1, finish: object = 2, note: object = "") -> dict[str, object]:
    return {"start": start, "finish": finish, "note": note}


def test_a_group_that_looks_as_it_did_is_written() -> None:
    outcome = merge(GROUPS, {"start": 1, "finish": 2}, {"start": 5}, row())
    assert (outcome.accepted, outcome.clashes) == ({"start": 5}, ())


def test_what_is_already_so_needs_nothing() -> None:
    outcome = merge(GROUPS, {"start": 1}, {"start": 5}, row(start=5))
    assert (outcome.accepted, outcome.clashes) == ({}, ())


def test_another_field_of_the_group_seen_otherwise_clashes() -> None:
    outcome = merge(GROUPS, {"start": 1, "finish": 2}, {"start": 5}, row(finish=9))
    (clash,) = outcome.clashes
    assert outcome.accepted == {}
    assert (clash.group, clash.base, clash.mine, clash.theirs) == (
        "dates",
        {"start": 1, "finish": 2},
        {"start": 5, "finish": 2},
        {"start": 1, "finish": 9},
    )


def test_another_field_not_seen_does_not_count() -> None:
    outcome = merge(GROUPS, {"start": 1}, {"start": 5}, row(finish=9))
    assert outcome.accepted == {"start": 5}


def test_one_clash_holds_back_the_whole_edit() -> None:
    outcome = merge(GROUPS, {"start": 1, "note": ""}, {"start": 5, "note": "x"}, row(start=7))
    assert outcome.accepted == {}
    assert [clash.group for clash in outcome.clashes] == ["dates"]


def test_an_edit_needs_what_was_seen() -> None:
    with pytest.raises(KeyError):
        merge(GROUPS, {}, {"start": 5}, row())


values = st.fixed_dictionaries(dict.fromkeys(FIELDS, st.integers(0, 2)))
edits = st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 2))


@given(base=values, mine=edits, theirs=values)
def test_nothing_unseen_is_ever_overwritten(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    outcome = merge(GROUPS, base, mine, theirs)
    after = theirs | dict(outcome.accepted)
    for fields in GROUPS.values():
        edited = [name for name in fields if name in mine]
        changed = [name for name in fields if after[name] != theirs[name]]
        assert set(changed) <= set(edited)
        if changed:
            assert all(theirs[name] == base[name] for name in fields)
    if not outcome.clashes:
        assert all(after[name] == value for name, value in mine.items())
    else:
        assert outcome.accepted == {}


@given(base=values, mine=edits, theirs=values)
def test_a_merge_repeated_changes_nothing_more(
    base: dict[str, int], mine: dict[str, int], theirs: dict[str, int]
) -> None:
    first = merge(GROUPS, base, mine, theirs)
    after = theirs | dict(first.accepted)
    if not first.clashes:
        again = merge(GROUPS, base, mine, after)
        assert (again.accepted, again.clashes) == ({}, ())
