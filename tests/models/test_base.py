"""Keys and constraints have names that migrations can rely on."""

from sqlalchemy import CheckConstraint

from app.models.base import LOGIN_LENGTH, NAMING, Base


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint}"
        assert all(index.name for index in table.indexes)


def test_names_fit_into_postgresql() -> None:
    for table in Base.metadata.tables.values():
        names = [str(constraint.name) for constraint in table.constraints]
        names += [str(index.name) for index in table.indexes]
        assert len(set(names)) == len(names)
        assert all(len(name.encode()) <= 63 for name in names)


def test_checks_are_named_after_their_table() -> None:
    for table in Base.metadata.tables.values():
        for constraint in table.constraints:
            if isinstance(constraint, CheckConstraint):
                assert str(constraint.name).startswith(f"ck_{table.name}_")


def test_a_login_is_a_role_of_postgresql() -> None:
    assert LOGIN_LENGTH == 63
    assert set(NAMING) == {"ix", "uq", "ck", "fk", "pk"}
