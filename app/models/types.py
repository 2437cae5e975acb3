"""Column types that mean the same on PostgreSQL and on SQLite."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Enum, Numeric
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Scaled(TypeDecorator[Decimal]):
    """An exact decimal. SQLite keeps a scaled integer, as its NUMERIC is a float."""

    impl = Numeric
    cache_ok = True
    precision = 18
    places = 2

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(self.precision, self.places))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError(f"{type(self).__name__} takes a Decimal, not {type(value).__name__}")
        exact = value.quantize(Decimal(1).scaleb(-self.places))
        if exact != value:
            raise ValueError(f"{value} has more than {self.places} places")
        return int(exact.scaleb(self.places)) if dialect.name == "sqlite" else exact

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return Decimal(value).scaleb(-self.places)
        return Decimal(value)


class Money(_Scaled):
    """Yuan with two places."""

    cache_ok = True


class Quantity(_Scaled):
    """A quantity with four places."""

    cache_ok = True
    places = 4


class Rate(_Scaled):
    """A rate or share with six places (0.250000 is 25 %)."""

    cache_ok = True
    precision = 12
    places = 6


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: timestamptz on PostgreSQL, UTC text on SQLite; always aware in Python."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        found: datetime = value
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


class SiteDateTime(TypeDecorator[datetime]):
    """Wall-clock time at the site, without zone: what a schedule means by "17:00"."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is not None:
            raise ValueError("site time carries no time zone")
        return value


class Nested(TypeDecorator[tuple[Any, ...]]):
    """Nested tuples as JSON: immutable in Python, so that values can be compared and shared."""

    impl = JSON
    cache_ok = True

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any:
        return _frozen(value)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def choice(kinds: type[StrEnum], check: str = "") -> Enum:
    """A column of one of the values of `kinds`, checked by the database (check named `check`)."""
    return Enum(
        kinds,
        native_enum=False,
        create_constraint=True,
        name=check or kinds.__name__.lower(),
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
