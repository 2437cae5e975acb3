"""Sides of a clash: what is chosen by itself, what is open, and what is written in the end."""

from app.services.reconcile import FieldGroup, Side
from app.ui.pages.reconcile.choices import Choices, matter_of, told_fields

CLASH = FieldGroup("timing", {"a": 1, "b": 5}, {"a": 2, "b": 5}, {"a": 3, "b": 5})
ONLY_MINE = FieldGroup("identity", {"c": ""}, {"c": "x"}, {"c": ""})
ONLY_THEIRS = FieldGroup("note", {"d": ""}, {"d": ""}, {"d": "y"})
SAME = FieldGroup("place", {"e": 0}, {"e": 1}, {"e": 1})
GONE = FieldGroup("identity", {"c": ""}, {"c": "x"}, None)


def test_who_changed_what() -> None:
    matters = [matter_of(one) for one in (CLASH, ONLY_MINE, ONLY_THEIRS, SAME, GONE)]
    assert matters == ["clash", "only_mine", "only_theirs", "same", "clash"]


def test_what_one_side_changed_is_chosen_from_the_beginning() -> None:
    choices = Choices((CLASH, ONLY_MINE, ONLY_THEIRS, SAME))

    assert choices.sides == {"c": Side.MINE, "d": Side.THEIRS}
    assert choices.undecided() == (CLASH,)
    assert choices.deciding() == (CLASH, ONLY_MINE, ONLY_THEIRS)
    assert choices.mine() == {"c": "x"}


def test_a_group_may_be_mixed() -> None:
    group = FieldGroup("g", {"a": 1, "b": 1}, {"a": 2, "b": 2}, {"a": 3, "b": 3})
    choices = Choices((group,))
    choices.choose("a", Side.MINE)
    assert choices.undecided() == (group,)
    assert not choices.is_mixed(group)
    choices.choose("b", Side.THEIRS)

    assert choices.is_mixed(group)
    assert choices.side_of(group) is None
    assert choices.undecided() == ()
    assert choices.mine() == {"a": 2}


def test_one_side_for_everything() -> None:
    choices = Choices((CLASH, ONLY_MINE))
    choices.choose_all(Side.THEIRS)
    assert choices.whole_side() is Side.THEIRS
    assert choices.mine() == {}


def test_fields_that_nobody_touched_are_not_told() -> None:
    assert told_fields(CLASH) == ("a",)
    assert told_fields(FieldGroup("g", {"a": 1}, {"a": 1}, {"a": 1})) == ("a",)
