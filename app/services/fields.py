"""Partial edits: a struct whose unset fields are left alone."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from app.core.errors import Refused

ShortText = Annotated[str, msgspec.Meta(max_length=80)]
Code = Annotated[str, msgspec.Meta(max_length=120)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
LongName = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
Line = Annotated[str, msgspec.Meta(max_length=300)]
Note = Annotated[str, msgspec.Meta(max_length=20_000)]


class Fields(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Fields of a row, each `| msgspec.UnsetType = msgspec.UNSET`."""


def given(fields: Fields) -> dict[str, Any]:
    """The fields that are set, by name."""
    values = {name: getattr(fields, name) for name in fields.__struct_fields__}
    return {name: value for name, value in values.items() if value is not msgspec.UNSET}


def base_and_mine(base: Fields, values: Fields) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The mappings that a merge takes. Refused if an edited field comes without the value seen."""
    seen, mine = given(base), given(values)
    unseen = sorted(mine.keys() - seen.keys())
    if unseen or not mine:
        raise Refused("reconcile.base_missing", fields=", ".join(unseen))
    return seen, mine
