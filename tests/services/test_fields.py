"""Partial edits: unset is not None, and nothing is edited that was not seen."""

import msgspec
import pytest
from msgspec import UNSET, UnsetType

from app.core.errors import Refused
from app.services.fields import Fields, base_and_mine, given


class Shape(Fields, frozen=True, kw_only=True):
    """Two fields."""

    width: int | UnsetType = UNSET
    label: str | UnsetType | None = UNSET


def test_unset_fields_are_left_alone_and_none_is_a_value() -> None:
    assert given(Shape()) == {}
    assert given(Shape(label=None)) == {"label": None}
    assert msgspec.json.encode(Shape(label=None)) == b'{"label":null}'
    assert msgspec.json.decode(b'{"width":2}', type=Shape) == Shape(width=2)


def test_unknown_fields_are_malformed() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"height":2}', type=Shape)


def test_base_and_mine() -> None:
    seen, mine = base_and_mine(Shape(width=1, label="a"), Shape(width=2))
    assert (seen, mine) == ({"width": 1, "label": "a"}, {"width": 2})


@pytest.mark.parametrize(
    ("base", "values", "fields"),
    [
        (Shape(), Shape(width=2), "width"),
        (Shape(width=1), Shape(width=2, label="b"), "label"),
        (Shape(width=1), Shape(), ""),
    ],
)
def test_an_edit_without_its_base_is_refused(base: Shape, values: Shape, fields: str) -> None:
    with pytest.raises(Refused, match="base_missing") as refusal:
        base_and_mine(base, values)
    assert refusal.value.reason.parameters == {"fields": fields}
