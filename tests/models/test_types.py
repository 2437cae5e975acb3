"""Column types give back what they were given, on both databases; wrong kinds are turned away."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, Integer, MetaData, Table, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from app.models.types import Money, Nested, Quantity, Rate, SiteDateTime, UtcDateTime, choice
from tests.models.databases import KINDS, empty_database


class Colour(StrEnum):
    """Two colours."""

    RED = "red"
    DARK_BLUE = "dark_blue"


SHELF = Table(
    "shelf_of_types",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("money", Money),
    Column("quantity", Quantity),
    Column("rate", Rate),
    Column("instant", UtcDateTime),
    Column("site", SiteDateTime),
    Column("nested", Nested),
    Column("colour", choice(Colour)),
)


@pytest.fixture(scope="module", params=KINDS)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("types")
    with empty_database(request.param, folder) as made:
        SHELF.metadata.drop_all(made)
        SHELF.metadata.create_all(made)
        yield made


def again(engine: Engine, **values: Any) -> Any:
    """What comes back of one value."""
    (name,) = values
    with engine.begin() as connection:
        connection.execute(SHELF.delete())
        connection.execute(insert(SHELF).values(id=1, **values))
        return connection.execute(select(SHELF.c[name])).scalar()


twice = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@twice
@given(st.decimals(-(10**15), 10**15, places=2))
def test_money_is_exact(engine: Engine, value: Decimal) -> None:
    found = again(engine, money=value)
    assert isinstance(found, Decimal)
    assert found == value
    assert found.as_tuple().exponent == -2


@twice
@given(st.decimals(-(10**13), 10**13, places=4))
def test_quantities_are_exact(engine: Engine, value: Decimal) -> None:
    assert again(engine, quantity=value) == value


@twice
@given(st.decimals(-(10**5), 10**5, places=6))
def test_rates_are_exact(engine: Engine, value: Decimal) -> None:
    assert again(engine, rate=value) == value


@pytest.mark.parametrize("name", ["money", "quantity", "rate"])
def test_a_float_is_no_amount(engine: Engine, name: str) -> None:
    with pytest.raises(StatementError, match="takes a Decimal"):
        again(engine, **{name: 0.1})


@pytest.mark.parametrize(
    ("name", "value"), [("money", "0.001"), ("quantity", "0.00001"), ("rate", "0.0000001")]
)
def test_nothing_is_rounded_silently(engine: Engine, name: str, value: str) -> None:
    with pytest.raises(StatementError, match="places"):
        again(engine, **{name: Decimal(value)})


@twice
@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2199, 1, 1)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_an_instant_is_the_same_instant(engine: Engine, moment: datetime, minutes: int) -> None:
    value = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    found = again(engine, instant=value)
    assert found == value
    assert found.utcoffset() == timedelta(0)


def test_an_instant_needs_a_zone_and_site_time_has_none(engine: Engine) -> None:
    with pytest.raises(StatementError, match="needs a time zone"):
        again(engine, instant=datetime(2026, 3, 2))  # noqa: DTZ001
    with pytest.raises(StatementError, match="carries no time zone"):
        again(engine, site=datetime(2026, 3, 2, tzinfo=UTC))


@twice
@given(st.datetimes(datetime(1970, 1, 1), datetime(2199, 1, 1)))  # noqa: DTZ001
def test_site_time_is_what_the_clock_says(engine: Engine, moment: datetime) -> None:
    assert again(engine, site=moment) == moment


@pytest.mark.parametrize("value", [(), ((480, 720), (780, 1020)), (((1, 2),), (), ((3, 4),))])
def test_nested_values_come_back_as_tuples(engine: Engine, value: object) -> None:
    found = again(engine, nested=value)
    assert found == value
    assert hash(found) == hash(value)


def test_choices_are_stored_by_value_and_checked(engine: Engine) -> None:
    assert again(engine, colour=Colour.DARK_BLUE) is Colour.DARK_BLUE
    with engine.connect() as connection:
        plain = connection.execute(text("select colour from shelf_of_types")).scalar()
    assert plain == "dark_blue"
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text("insert into shelf_of_types (id, colour) values (2, 'green')"))


@pytest.mark.parametrize("name", [column.name for column in SHELF.columns if column.name != "id"])
def test_nothing_is_nothing(engine: Engine, name: str) -> None:
    found = again(engine, **{name: None})
    assert found is None
