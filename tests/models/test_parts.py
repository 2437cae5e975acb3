"""Every synced table: keyed by scope and id, tied within its scope, of known column types."""

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    Enum,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase

from app.models import types
from app.models.base import Base, Scoped
from app.models.parts import SYNCED

every_model = pytest.mark.parametrize("model", SYNCED, ids=lambda model: model.__tablename__)
PLAIN = {JSON, BigInteger, Boolean, Date, Enum, Integer, String, Text, Uuid}
OWN = {types.Money, types.Quantity, types.Rate, types.UtcDateTime, types.SiteDateTime, types.Nested}


def table_of(model: type[Scoped]) -> Table:
    return Base.metadata.tables[model.__tablename__]


def test_the_list_is_complete() -> None:
    assert {model.__tablename__ for model in SYNCED} == set(Base.metadata.tables)
    assert len(set(SYNCED)) == len(SYNCED)


@every_model
def test_the_key_is_scope_and_id(model: type[Scoped]) -> None:
    assert [column.name for column in model.__table__.primary_key] == ["scope_id", "id"]
    assert [column.name for column in model.__table__.columns][:2] == ["scope_id", "id"]


@every_model
def test_rows_are_stamped(model: type[Scoped]) -> None:
    columns = model.__table__.columns
    stamps = ("row_version", "created_at", "created_by", "updated_at", "updated_by")
    assert [column.name for column in columns][-5:] == list(stamps)
    assert all(not columns[name].nullable for name in stamps)


@every_model
def test_foreign_keys_stay_in_the_scope_and_are_deferred(model: type[Scoped]) -> None:
    for key in table_of(model).foreign_key_constraints:
        pairs = {(element.parent.name, element.column.name) for element in key.elements}
        assert ("scope_id", "scope_id") in pairs
        assert {column for _, column in pairs} == {"scope_id", "id"}
        assert (key.deferrable, key.initially) == (True, "DEFERRED")
        assert not key.ondelete


@every_model
def test_parents_come_first(model: type[Scoped]) -> None:
    before = {one.__tablename__ for one in SYNCED[: SYNCED.index(model) + 1]}
    for key in table_of(model).foreign_key_constraints:
        assert key.referred_table.name in before


@every_model
def test_column_types_mean_the_same_on_both_databases(model: type[Scoped]) -> None:
    for column in model.__table__.columns:
        assert type(column.type) in PLAIN | OWN, f"{model.__tablename__}.{column.name}"


@every_model
def test_texts_have_a_limit_or_are_meant_to_be_long(model: type[Scoped]) -> None:
    for column in model.__table__.columns:
        if type(column.type) is String:
            assert column.type.length


@every_model
def test_unique_keys_hold_within_a_scope(model: type[Scoped]) -> None:
    for constraint in table_of(model).constraints:
        if isinstance(constraint, UniqueConstraint):
            assert "scope_id" in {column.name for column in constraint.columns}


def test_all_tables_are_of_one_kind() -> None:
    assert all(issubclass(model, Scoped) for model in SYNCED)
    assert issubclass(Base, DeclarativeBase)
