"""What was touched: an empty set of ids means the whole table, and stays so."""

from uuid import UUID

from app.services.changes import Changes, changes_of

ONE, TWO = UUID(int=1), UUID(int=2)


def test_changes_are_joined_by_table() -> None:
    joined = changes_of("task", [ONE]) | changes_of("task", [TWO]) | changes_of("person", [ONE])
    assert joined.tables == {"task": {ONE, TWO}, "person": {ONE}}
    assert joined.touches("person", "project")
    assert not joined.touches("project")


def test_the_whole_table_swallows_single_rows() -> None:
    whole, some = changes_of("task", []), changes_of("task", [ONE])
    assert (whole | some).tables == {"task": frozenset()}
    assert (some | whole).tables == {"task": frozenset()}


def test_nothing_is_false() -> None:
    assert not Changes()
    assert changes_of("task", [])
    assert (Changes() | changes_of("task", [ONE])).tables == {"task": {ONE}}
