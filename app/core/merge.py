"""Three-way merge of an edit, per group of fields that only make sense together."""

from collections.abc import Mapping
from dataclasses import dataclass

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class GroupClash:
    """A group of fields that two people changed differently; each mapping holds the same fields."""

    group: str
    base: Values
    mine: Values
    theirs: Values


@dataclass(frozen=True, slots=True)
class Merge:
    """Either `accepted` values to write (may be empty: nothing to do) or the clashes."""

    accepted: Values
    clashes: tuple[GroupClash, ...]


def merge(
    groups: Mapping[str, tuple[str, ...]], base: Values, mine: Values, theirs: Values
) -> Merge:
    """Merges an edit into the current row.

    `mine` holds the edited fields, `base` at least those (KeyError otherwise) and, better, the
    whole group as its author saw it; `theirs` the current value of every field of every group.
    A group that still looks like the base is written; one that already holds mine needs nothing;
    anything else clashes, and one clash holds back the whole edit.
    """
    accepted: dict[str, object] = {}
    clashes: list[GroupClash] = []
    for group, fields in groups.items():
        edited = [name for name in fields if name in mine]
        seen = [name for name in fields if name in base]
        if not edited or all(theirs[name] == mine[name] for name in edited):
            continue
        if all(theirs[name] == base[name] for name in {*edited, *seen}):
            accepted |= {name: mine[name] for name in edited}
            continue
        clashes.append(_clash(group, seen, base, mine, theirs))
    return Merge({}, tuple(clashes)) if clashes else Merge(accepted, ())


def _clash(group: str, seen: list[str], base: Values, mine: Values, theirs: Values) -> GroupClash:
    return GroupClash(
        group,
        {name: base[name] for name in seen},
        {name: mine.get(name, base[name]) for name in seen},
        {name: theirs[name] for name in seen},
    )
